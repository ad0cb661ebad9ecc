import type { EventContent } from '../../kernel/messages.ts';
import { toMenu, toPerson } from '../offers.ts';
import { payloadFor } from '../payloads.ts';
import { isTellingSomething, MAX_PHOTOS } from '../feedback-steps.ts';
import type { Answer, Scene } from '../scene.ts';
import type { Choice, KeptMaterial } from '../turn.ts';
import type { HumanTopic } from './human.ts';

/** What a resident can send besides words. */
export type Media = Extract<
  EventContent,
  {
    readonly kind:
      | 'image'
      | 'location'
      | 'audio'
      | 'video'
      | 'file'
      | 'link'
      | 'business_card'
      | 'sticker'
      | 'submitted_info';
  }
>;

/** Everything that is not words, when no form can use it. Each kind has an answer; none is met with silence. */
export interface MediaTopic {
  answer(scene: Scene, content: Media): Answer;
}

export function createMediaTopic(human: HumanTopic): MediaTopic {
  return {
    answer(scene, content) {
      if (content.kind === 'image') {
        const photoUrls = content.files.map(({ url }) => url).slice(0, MAX_PHOTOS);
        const caption = isTellingSomething(scene.text) ? { text: scene.text } : {};
        return offerFeedback(scene, 'media.image', 'media.feedbackWithPhoto', { photoUrls, ...caption });
      }
      if (content.kind === 'location') {
        const { latitude, longitude } = content;
        return offerFeedback(scene, 'media.location', 'media.feedbackHere', { latitude, longitude });
      }
      if (content.kind === 'audio') {
        return human.handOver(scene, { reason: 'media.audio', escalation: 'voice', key: 'media.audio' });
      }
      return brief(scene, content.kind);
    },
  };
}

/** The picture or place is held until the resident says what it is for. */
function offerFeedback(scene: Scene, key: string, choiceKey: string, kept: KeptMaterial): Answer {
  const withIt: Choice = { title: scene.say(choiceKey), payload: payloadFor({ kind: 'complaint_file' }) };
  return {
    reason: key,
    session: { kept },
    replies: [{ text: scene.say(key), choices: [withIt, toPerson(scene), toMenu(scene)] }],
  };
}

function brief(scene: Scene, kind: Media['kind']): Answer {
  return {
    reason: `media.${kind}`,
    replies: [{ text: scene.say(`media.${kind}`), choices: [toMenu(scene), toPerson(scene)] }],
  };
}
