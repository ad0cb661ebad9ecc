import type { Language } from '../../kernel/messages.ts';
import { foldVietnamese } from '../../kernel/vietnamese.ts';
import { menuChoices } from '../offers.ts';
import type { Answer, ConversationDeps, Scene } from '../scene.ts';

const FEATURED = 5;

/** Changing the language of everything that follows, answered in the new one. */
export interface LanguageTopic {
  change(scene: Scene, language: Language | undefined): Answer;
}

export function createLanguageTopic({ wording }: Pick<ConversationDeps, 'wording'>): LanguageTopic {
  return {
    change(scene, asked) {
      const language = asked ?? namedLanguage(scene.text) ?? otherThan(scene.language);
      const inNew: Scene = {
        ...scene,
        language,
        say: (key, values) => wording.say(language, key, values),
      };
      return {
        reason: `language.${language}`,
        session: { language },
        effects: [{ kind: 'resident.language', language }],
        replies: [{ text: inNew.say('language.changed'), choices: menuChoices(inNew), featured: FEATURED }],
      };
    },
  };
}

function namedLanguage(text: string): Language | undefined {
  const folded = foldVietnamese(text);
  if (/tieng anh|english/.test(folded)) return 'en';
  return /tieng viet|vietnamese/.test(folded) ? 'vi' : undefined;
}

function otherThan(language: Language): Language {
  return language === 'vi' ? 'en' : 'vi';
}
