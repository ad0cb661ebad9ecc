import { sayDayOf, sayMoment } from '../../calendar/vietnamese-dates.ts';
import type { Feedback } from '../../feedback/feedback.ts';
import { sayCategory } from '../feedback-steps.ts';
import { toFeedback, toMenu, toPerson } from '../offers.ts';
import { payloadFor } from '../payloads.ts';
import { lines, paragraphs, shorten, type Answer, type ConversationDeps, type Scene } from '../scene.ts';

const LISTED = 5;
const PREVIEW_CHARS = 200;
/** `PA-261124-0007`, also without dashes, as people type it. */
const CODE = /\bPA[\s.-]?(\d{6})[\s.-]?(\d{4,})\b/i;

/** What became of a resident's own feedback. Somebody else's code finds nothing. */
export interface FeedbackStatusTopic {
  answer(scene: Scene, code: string | undefined): Promise<Answer>;
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
  return {
    answer: (scene, typed) => {
      const code = findFeedbackCode(typed ?? scene.text);
      return code === undefined ? list(scene) : byCode(scene, code);
    },
  };
}

/** The feedback code in a text, normalised. */
export function findFeedbackCode(text: string): string | undefined {
  const [, day, number] = CODE.exec(text) ?? [];
  return day === undefined || number === undefined ? undefined : `PA-${day}-${number}`;
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
