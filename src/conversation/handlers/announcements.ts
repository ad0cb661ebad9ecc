import { sayDayOf } from '../../calendar/vietnamese-dates.ts';
import type { AnnouncementSummary } from '../../residents/resident.ts';
import { toMenu, toPerson } from '../offers.ts';
import { payloadFor } from '../payloads.ts';
import { paragraphs, shorten, type Answer, type ConversationDeps, type Scene } from '../scene.ts';
import type { Choice } from '../turn.ts';

const LISTED = 5;
const TITLE_CHARS = 80;

/** What the commune has announced lately: a list, then each in full. */
export interface AnnouncementsTopic {
  answer(scene: Scene, code: string | undefined): Promise<Answer>;
}

export function createAnnouncementsTopic({ archive }: Pick<ConversationDeps, 'archive'>): AnnouncementsTopic {
  return {
    async answer(scene, code) {
      const recent = await archive.listRecent(scene.now, LISTED);
      const wanted = recent.find((each) => each.code === code);
      if (wanted) return show(scene, wanted);
      return recent.length === 0 ? none(scene) : list(scene, recent);
    },
  };
}

function show(scene: Scene, { title, text, code, publishedAt }: AnnouncementSummary): Answer {
  const day = sayDayOf(publishedAt, scene.language);
  return {
    reason: 'announcements.one',
    replies: [
      {
        text: paragraphs(
          scene.say('announcements.title', { title, day }),
          text,
          scene.say('announcements.code', { code }),
        ),
        choices: [
          { title: scene.say('announcements.others'), payload: payloadFor({ kind: 'announcements' }) },
          toMenu(scene),
        ],
      },
    ],
  };
}

function list(scene: Scene, recent: readonly AnnouncementSummary[]): Answer {
  return {
    reason: 'announcements.list',
    awaits: true,
    replies: [
      {
        text: scene.say('announcements.recent'),
        choices: recent.map(({ code, title, publishedAt }) => ({
          title: scene.say('announcements.listed', {
            title: shorten(title, TITLE_CHARS),
            day: sayDayOf(publishedAt, scene.language),
          }),
          payload: payloadFor({ kind: 'announcements', code }),
        })),
      },
    ],
  };
}

function none(scene: Scene): Answer {
  const subscribe: Choice = {
    title: scene.say('intents.subscribe'),
    payload: payloadFor({ kind: 'subscribe' }),
  };
  return {
    reason: 'announcements.none',
    replies: [
      { text: scene.say('announcements.none'), choices: [subscribe, toPerson(scene), toMenu(scene)] },
    ],
  };
}
