import { isPlaceholder } from '../../kernel/commune.ts';
import type { FormalKind } from '../commands.ts';
import { toFeedback, toMenu } from '../offers.ts';
import { payloadFor } from '../payloads.ts';
import { paragraphs, type Answer, type ConversationDeps, type Scene } from '../scene.ts';
import type { HumanTopic } from './human.ts';

type Deps = Pick<ConversationDeps, 'commune'> & { readonly human: HumanTopic };

/**
 * Khiếu nại and tố cáo. A chat message is neither: the law wants a signed paper or a statement on record (Luật Khiếu
 * nại 2011, Luật Tố cáo 2018). So the way is explained, a call back is offered, and nothing of the content is kept:
 * who denounces is secret by law.
 */
export interface FormalComplaintTopic {
  explain(scene: Scene, formalKind: FormalKind | undefined): Answer;
  /** The same when it was about to go into the feedback form. */
  refuse(scene: Scene, formalKind: FormalKind | undefined): Answer;
  callBack(scene: Scene): Answer;
}

export function createFormalComplaintTopic({ commune, human }: Deps): FormalComplaintTopic {
  const explain = (scene: Scene, formalKind: FormalKind | undefined): Answer => {
    const kind = formalKind ?? 'either';
    return {
      reason: `formal.${kind}`,
      replies: [
        {
          text: paragraphs(
            scene.say('formal.notAPaper'),
            scene.say(`formal.${kind}`, {
              place: isPlaceholder(commune, 'address') ? scene.say('formal.unknownPlace') : commune.address,
            }),
            sayReception(scene, commune),
            scene.say('formal.source'),
          ),
          choices: [
            { title: scene.say('formal.callBack'), payload: payloadFor({ kind: 'formal_callback' }) },
            ...(formalKind === undefined ? [toKind(scene, 'appeal'), toKind(scene, 'denunciation')] : []),
            { ...toFeedback(scene), title: scene.say('formal.onlyFeedback') },
            toMenu(scene),
          ],
        },
      ],
    };
  };
  return {
    explain,
    refuse: (scene, formalKind) => {
      const answer = explain(scene, formalKind);
      const [first] = answer.replies;
      const text = paragraphs(scene.say('formal.notFiled'), first?.text);
      return { ...answer, reason: `${answer.reason}.in_form`, replies: [{ ...first, text }] };
    },
    callBack: (scene) =>
      human.handOver(scene, {
        reason: 'formal.call_back',
        escalation: 'formal_complaint',
        key: 'formal.callBackNoted',
        withText: false,
      }),
  };
}

function toKind(scene: Scene, formalKind: FormalKind): { title: string; payload: string } {
  return {
    title: scene.say(`formal.kind.${formalKind}`),
    payload: payloadFor({ kind: 'formal_complaint', formalKind }),
  };
}

/** When citizens are received, with its source; honest when nobody has entered it. */
function sayReception(scene: Scene, { citizenReception }: Deps['commune']): string {
  if (!citizenReception) return scene.say('formal.receptionUnknown');
  const { text, source, reviewedAt } = citizenReception;
  return scene.say(reviewedAt === undefined ? 'formal.receptionUnchecked' : 'formal.reception', {
    text,
    source,
  });
}
