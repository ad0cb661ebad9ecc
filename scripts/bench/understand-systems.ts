import { createRequire } from 'node:module';
import { KEYWORD_INTENTS } from '../../src/understanding/pattern-schemas.ts';
import { loadPatterns } from '../../src/understanding/pattern-files.ts';
import { createPhraseFinder } from '../../src/understanding/phrases.ts';
import { toWords } from '../../src/understanding/text/words.ts';
import { firstChoice } from '../evaluate/measures.ts';
import { openUnderstanding } from '../lib/understanding.ts';

/** Says what a message is about; all systems are trained on, or made from, the same files. */
export type System = (text: string) => Promise<string> | string;

export const SYSTEMS = {
  /** The product. */
  ours: (): Promise<System> => {
    const { understander } = openUnderstanding();
    return Promise.resolve((text) => firstChoice(understander.understand(text)));
  },
  /** The first intent, in the order of the contract, one of whose phrases stands in the message. */
  keywords: (): Promise<System> => {
    const patterns = loadPatterns('locales');
    const finder = createPhraseFinder(
      KEYWORD_INTENTS.flatMap((intent) =>
        [...patterns.intents[intent].sure, ...patterns.intents[intent].whole].map((phrase) => ({
          phrase,
          value: intent,
        })),
      ),
    );
    return Promise.resolve((text) => {
      const found = new Set(finder.find(toWords(text, patterns.shorthand)).map(({ value }) => value));
      return KEYWORD_INTENTS.find((intent) => found.has(intent)) ?? 'out_of_scope';
    });
  },
  /** nlp.js, its neural classifier, trained on the same example sentences. */
  nlpjs: async (): Promise<System> => {
    const nlpJs = loadNlpJs();
    const nlu = new nlpJs.NluNeural({
      locale: 'vi',
      container: await nlpJs.containerBootstrap(),
      settings: { locale: 'vi' },
    });
    const lessons = loadPatterns('locales')
      .examples.filter(({ intent, group }) => intent !== 'form_answer' && group?.startsWith('form') !== true)
      .map(({ text, intent }) => ({ utterance: text, intent }));
    await nlu.train(lessons, { log: false });
    return async (text) => {
      const { classifications } = await nlu.process(text);
      const best = classifications[0]?.intent ?? 'None';
      return best === 'None' ? 'out_of_scope' : best;
    };
  },
} as const satisfies Readonly<Record<string, () => Promise<System>>>;

export type SystemName = keyof typeof SYSTEMS;

/** The part of nlp.js that is used; the packages bring no types. */
interface NlpJs {
  containerBootstrap(): Promise<unknown>;
  readonly NluNeural: new (options: unknown) => {
    train(
      lessons: readonly { utterance: string; intent: string }[],
      options: { log: boolean },
    ): Promise<unknown>;
    process(text: string): Promise<{ classifications: readonly { intent: string; score: number }[] }>;
  };
}

function loadNlpJs(): NlpJs {
  const require = createRequire(`${process.cwd()}/package.json`);
  return {
    ...(require('@nlpjs/core') as Pick<NlpJs, 'containerBootstrap'>),
    ...(require('@nlpjs/nlu') as Pick<NlpJs, 'NluNeural'>),
  };
}
