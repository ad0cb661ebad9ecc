import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { ConfigError } from './errors.ts';
import type { Language } from './messages.ts';

/** Named values put into a sentence. Numbers are formatted by the caller. */
export type WordingValues = Readonly<Record<string, string | number>>;

/** Finished wording by key, in one of the languages of `locales/`. A missing key throws: silence is a bug. */
export interface Wording {
  say(language: Language, key: string, values?: WordingValues): string;
  readonly languages: readonly Language[];
}

/**
 * Loads `messages.json` of every folder of `localesDir`. Vietnamese is the fallback.
 * Throws `ConfigError` when Vietnamese is missing.
 */
export function createWording(localesDir: string): Wording {
  const resources = loadMessages(localesDir);
  if (!resources['vi']) {
    throw new ConfigError(`No messages.json in ${join(localesDir, 'vi')}: Vietnamese wording is required.`, {
      code: 'config.locales_missing',
    });
  }
  const instance = i18next.createInstance();
  void instance.init({
    resources,
    fallbackLng: 'vi',
    defaultNS: 'messages',
    initAsync: false,
    returnNull: false,
    // Text goes to a chat, not to HTML; escaping would show residents `&#39;`.
    interpolation: { escapeValue: false },
  });
  return {
    languages: Object.keys(resources) as Language[],
    say(language, key, values) {
      if (!instance.exists(key, { lng: language })) {
        throw new ConfigError(`locales/${language}/messages.json has no "${key}".`, {
          code: 'config.wording_missing',
        });
      }
      return instance.t(key, { lng: language, ...values }).normalize('NFC');
    },
  };
}

function loadMessages(localesDir: string): Record<string, { messages: Record<string, unknown> }> {
  const resources: Record<string, { messages: Record<string, unknown> }> = {};
  for (const language of readdirSync(localesDir)) {
    const file = join(localesDir, language, 'messages.json');
    if (!existsSync(file)) continue;
    resources[language] = { messages: JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown> };
  }
  return resources;
}
