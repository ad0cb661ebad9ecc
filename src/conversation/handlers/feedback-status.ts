import { sayDayOf, sayMoment } from '../../calendar/vietnamese-dates.ts';
import { localDayOf } from '../../calendar/local-time.ts';
import type { Feedback } from '../../feedback/feedback.ts';
import { findFeedbackCode } from '../../understanding/entities/feedback-code.ts';
import type { Command } from '../commands.ts';
import { sayCategory } from '../feedback-steps.ts';
import { toFeedback, toMenu, toPerson } from '../offers.ts';
import { payloadFor } from '../payloads.ts';
import { lines, paragraphs, shorten, type Answer, type ConversationDeps, type Scene } from '../scene.ts';

const LISTED = 5;
const PREVIEW_CHARS = 200;
/** Where a report is looked for by its day; more than anybody sends. */
const MOST_OWN = 100;

type Wanted = Command & { readonly kind: 'complaint_status' };

/** What became of a resident's own feedback. Somebody else's code finds nothing. */
export interface FeedbackStatusTopic {
  answer(scene: Scene, wanted: Wanted): Promise<Answer>;
}

export function createFeedbackStatusTopic({
  feedback,
}: Pick<ConversationDeps, 'feedback'>): FeedbackStatusTopic {
  const byCode = async (scene: Scene, code: string): Promise<Answer> => {
    const { oaId, residentId } = scene.event;
    const found = await feedback.findOwn(oaId, residentId, code);
    return found ? show(scene, found) : notFound(scene, code);
  };
  const list = async (scene: Scene): Promise<Answer> => {
    const { oaId, residentId } = scene.event;
    const own = await feedback.listOwn(oaId, residentId, LISTED);
    const [only, ...others] = own;
    if (!only) return none(scene);
    return others.length === 0 ? show(scene, only) : choose(scene, own);
  };
  const byDay = async (scene: Scene, day: string): Promise<Answer> => {
    const { oaId, residentId } = scene.event;
    const own = await feedback.listOwn(oaId, residentId, MOST_OWN);
    const [only, ...others] = own.filter(({ createdAt }) => localDayOf(createdAt) === day);
    return only && others.length === 0 ? show(scene, only) : list(scene);
  };
  return {
    answer: (scene, { code: typed, day }) => {
      const code = findFeedbackCode(typed ?? scene.text);
      if (code !== undefined) return byCode(scene, code);
      return day === undefined ? list(scene) : byDay(scene, day);
    },
  };
}

function show(scene: Scene, found: Feedback): Answer {
  return {
    reason: `feedback_status.${found.state}`,
    replies: [
      {
        text: paragraphs(
          lines(
            scene.say('cases.title', { code: found.code, category: sayCategory(scene, found.category) }),
            scene.say('cases.sentAt', { moment: sayMoment(found.createdAt, scene.language) }),
            scene.say('cases.story', { story: shorten(found.description, PREVIEW_CHARS) }),
          ),
          scene.say(`cases.state.${found.state}`),
          scene.say('cases.asOf', { moment: sayMoment(found.updatedAt, scene.language) }),
        ),
        choices: [toPerson(scene), toFeedback(scene), toMenu(scene)],
      },
    ],
  };
}

function choose(scene: Scene, own: readonly Feedback[]): Answer {
  return {
    reason: 'feedback_status.list',
    awaits: true,
    replies: [
      {
        text: scene.say('cases.chooseOne'),
        choices: own.map((each) => ({
          title: scene.say('cases.listed', {
            code: each.code,
            category: sayCategory(scene, each.category),
            day: sayDayOf(each.createdAt, scene.language),
          }),
          payload: payloadFor({ kind: 'complaint_status', code: each.code }),
        })),
      },
    ],
  };
}

function none(scene: Scene): Answer {
  return {
    reason: 'feedback_status.none',
    replies: [
      { text: scene.say('cases.none'), choices: [toFeedback(scene), toPerson(scene), toMenu(scene)] },
    ],
  };
}

function notFound(scene: Scene, code: string): Answer {
  return {
    reason: 'feedback_status.not_found',
    replies: [
      {
        text: scene.say('cases.notFound', { code }),
        choices: [
          { title: scene.say('intents.complaint_status'), payload: payloadFor({ kind: 'complaint_status' }) },
          toPerson(scene),
          toMenu(scene),
        ],
      },
    ],
  };
}
