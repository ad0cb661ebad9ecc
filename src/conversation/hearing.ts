import { parseDossierCode } from '../dossiers/dossier-code.ts';
import { isYesWord, matchChoice, type ChoiceMatch } from './choices.ts';
import { intentOf, type Command } from './commands.ts';
import { createFollowUps } from './follow-ups.ts';
import { toCommand } from './intent-to-command.ts';
import { withKeptWords } from './kept-words.ts';
import { menuChoices } from './offers.ts';
import type { Decision, OpenForm } from './open-form.ts';
import { parseControlWord, parsePayload } from './payloads.ts';
import type { ConversationDeps, Scene } from './scene.ts';
import { offerSecondWish, ownWords } from './second-wish.ts';
import type { Topics } from './topics.ts';
import type { Choice } from './turn.ts';

/** Words that arrive when no form is open. */
export interface Hearing {
  hear(scene: Scene): Promise<Decision>;
  /** A tap, a number or a keyword: already a command. */
  obey(scene: Scene, command: Command): Promise<Decision>;
}

export type HearingDeps = Pick<ConversationDeps, 'knowledge' | 'understander'>;

/** In order: the offered choices, keywords, the end of the last topic, and what the words mean. */
export function createHearing(topics: Topics, openForm: OpenForm, deps: HearingDeps): Hearing {
  const followUps = createFollowUps(topics, deps);
  const obey = async (scene: Scene, asked: Command): Promise<Decision> => {
    const { parked } = scene.session;
    if (parked && isAboutForm(asked)) return openForm.obey(scene, parked, asked);
    const command = withKeptWords(asked, scene.session);
    return { intent: intentOf(command), answer: await topics.perform(scene, command) };
  };

  const hear = async (scene: Scene): Promise<Decision> => {
    const offered = scene.session.choices ?? [];
    const match = matchOffered(scene, offered);
    if (match.kind === 'chosen') {
      const command = parsePayload(match.choice.payload);
      if (command) return obey(scene, command);
    }
    const keyword = parsePayload(scene.text) ?? parseControl(scene);
    if (keyword) return obey(scene, keyword);
    if (match.kind === 'out_of_range') {
      return { intent: 'clarify', answer: topics.notUnderstood.wrongNumber(scene) };
    }
    return understand(scene);
  };

  const understand = async (said: Scene): Promise<Decision> => {
    const { scene, decision } = followUps.hear(said);
    if (decision) return decision;
    const { understanding, text } = scene;
    if (!understanding) return { intent: 'clarify', answer: topics.notUnderstood.climb(scene) };
    const isVague = understanding.intent === 'clarify' || understanding.intent === 'out_of_scope';
    if (
      parseDossierCode(text).kind === 'invalid' &&
      (isVague || understanding.intent === 'procedure_status')
    ) {
      return { intent: 'procedure_status', answer: await topics.status.lookUp(scene, text) };
    }
    if (isVague) {
      const followUp = topics.procedures.followUp(scene);
      if (followUp) return { intent: 'procedure_info', answer: followUp };
    }
    const command = isAgreeing(scene)
      ? ({ kind: 'yes' } as const)
      : toCommand(understanding, ownWords(text, understanding));
    const isGuess = understanding.intent === 'out_of_scope' && understanding.confidence < SURELY_OUT_OF_SCOPE;
    if (!command || isGuess) return { intent: 'clarify', answer: topics.notUnderstood.climb(scene) };
    return offerSecondWish(scene, await obey(scene, command), deps.knowledge);
  };

  return { hear, obey };
}

/** Below this "out of scope" only means that no word was recognised: that is ours to mend, not theirs. */
const SURELY_OUT_OF_SCOPE = 0.5;

/** "Vâng" after an answer is politeness, but nobody was thanked. */
function isAgreeing({ text, understanding }: Scene): boolean {
  return understanding?.intent === 'thanks' && isYesWord(text);
}

/** Fewer choices than this are only the ways out under an answer, not a list somebody reads numbers from. */
const A_LIST = 3;

/** With no list on offer a number still means the menu everybody was shown first. */
function matchOffered(scene: Scene, offered: readonly Choice[]): ChoiceMatch {
  const match = matchChoice(scene.text, offered);
  if (match.kind !== 'out_of_range' || offered.length >= A_LIST) return match;
  const inMenu = matchChoice(scene.text, menuChoices(scene));
  // A number of nothing at all ("2024") is words like any others.
  return inMenu.kind === 'chosen' ? inMenu : { kind: 'none' };
}

/** "Tiếp tục" or "hủy" and nothing else: for the form that waits aside, or to be told that nothing is open. */
function parseControl({ text }: Scene): Command | undefined {
  const control = parseControlWord(text);
  return control ? { kind: 'form_control', control } : undefined;
}

function isAboutForm({ kind }: Command): boolean {
  return kind === 'form_control' || kind === 'form_choice' || kind === 'form_edit';
}
