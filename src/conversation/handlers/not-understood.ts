import { menuChoices, suggestionChoices, toPerson } from '../offers.ts';
import type { Answer, Scene } from '../scene.ts';
import type { HumanTopic } from './human.ts';

/** Rephrase, choices, a person: never a fourth question. */
const LAST_RUNG = 3;
const FEATURED = 5;

/** What is said when the words were not understood. */
export interface NotUnderstoodTopic {
  climb(scene: Scene): Answer;
  /** None of what was offered was meant: the next rung, without the same guesses again. */
  noneOfThese(scene: Scene): Answer;
  /** A number was typed that is not among those offered. */
  wrongNumber(scene: Scene): Answer;
}

export function createNotUnderstoodTopic(human: HumanTopic): NotUnderstoodTopic {
  const rung = (scene: Scene): number => Math.min(scene.session.misunderstood + 1, LAST_RUNG);

  const toAPerson = (scene: Scene): Answer => {
    const answer = human.handOver(scene, {
      reason: 'not_understood.person',
      escalation: 'not_understood',
      key: 'human.afterMisses',
    });
    return { ...answer, session: { misunderstood: LAST_RUNG } };
  };

  const noneOfThese = (scene: Scene): Answer => {
    const at = rung(scene);
    if (at >= LAST_RUNG) return toAPerson(scene);
    return at === 1 ? rephrase(scene) : choose(scene);
  };

  return {
    noneOfThese,
    climb(scene) {
      const at = rung(scene);
      if (at >= LAST_RUNG) return toAPerson(scene);
      const suggestions = suggestionChoices(
        scene,
        (scene.understanding?.suggestions ?? []).filter((intent) => intent !== 'human'),
      );
      return suggestions.length > 0 ? didYouMean(scene, at, suggestions) : noneOfThese(scene);
    },
    wrongNumber(scene) {
      const at = rung(scene);
      if (at >= LAST_RUNG) return toAPerson(scene);
      const choices = scene.session.choices ?? [];
      return {
        reason: 'choice.out_of_range',
        session: { misunderstood: at, ...(scene.session.kept && { kept: scene.session.kept }) },
        replies: [{ text: scene.say('notUnderstood.wrongNumber', { last: choices.length }), choices }],
      };
    },
  };
}

function didYouMean(
  scene: Scene,
  misunderstood: number,
  suggestions: Answer['replies'][number]['choices'] & object,
): Answer {
  return {
    reason: 'clarify',
    // The words are wanted again when a choice is made, except where they may be nobody's business to keep.
    session: { misunderstood, ...(mayKeepWords(scene) && { kept: { text: scene.text } }) },
    replies: [{ text: scene.say('notUnderstood.didYouMean'), choices: [...suggestions, toPerson(scene)] }],
  };
}

function rephrase(scene: Scene): Answer {
  return {
    reason: 'not_understood.rephrase',
    session: { misunderstood: 1 },
    replies: [
      {
        text: scene.say('notUnderstood.rephrase'),
        controls: [{ title: scene.say('buttons.menu'), payload: '#menu' }, toPerson(scene)],
      },
    ],
  };
}

function choose(scene: Scene): Answer {
  return {
    reason: 'not_understood.choices',
    session: { misunderstood: 2 },
    replies: [{ text: scene.say('notUnderstood.choose'), choices: menuChoices(scene), featured: FEATURED }],
  };
}

function mayKeepWords({ understanding, text }: Scene): boolean {
  const touchy = ['formal_complaint', 'emergency', 'delete_data'];
  return text !== '' && !(understanding?.suggestions ?? []).some((intent) => touchy.includes(intent));
}
