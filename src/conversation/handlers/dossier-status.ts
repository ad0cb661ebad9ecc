import { sayDay, sayMoment } from '../../calendar/vietnamese-dates.ts';
import { parseDossierCode } from '../../dossiers/dossier-code.ts';
import type { Dossier, DossierState } from '../../dossiers/dossier.ts';
import { toMenu, toPerson } from '../offers.ts';
import { payloadFor } from '../payloads.ts';
import { lines, paragraphs, shorten, type Answer, type ConversationDeps, type Scene } from '../scene.ts';
import type { FormState } from '../turn.ts';
import type { HumanTopic } from './human.ts';

/** The one-question form that waits for a code. */
export const DOSSIER_FORM = 'dossier';

/** Wrong or unknown codes in a row after which a person looks for the file. */
const MAX_TRIES = 3;
/** The national states whose clock runs, so that "days left" is true of them (CapNhatTienDoHoSoMC). */
const RUNNING: ReadonlySet<DossierState> = new Set([2, 4]);
/** States that still have a day to wait for. */
const HAS_PROMISE: ReadonlySet<DossierState> = new Set([2, 4, 5, 6]);

type Deps = Pick<ConversationDeps, 'dossiers' | 'calendar' | 'commune'> & { readonly human: HumanTopic };

/** Where a file stands. A code alone shows the state and its days: names and reasons need more proof than a code. */
export interface DossierStatusTopic {
  ask(scene: Scene): Answer;
  /** Looks up what was typed or tapped as a code. */
  lookUp(scene: Scene, typed: string): Promise<Answer>;
}

export function createDossierStatusTopic(deps: Deps): DossierStatusTopic {
  const lookUp = async (scene: Scene, typed: string): Promise<Answer> => {
    const reading = parseDossierCode(typed);
    if (reading.kind === 'none') return again(scene, deps, 'no_code', scene.say('status.noCode'));
    if (reading.kind === 'invalid') {
      const values = { part: shorten(reading.text, 40) };
      return again(
        scene,
        deps,
        `invalid.${reading.part}`,
        scene.say(`status.invalid.${reading.part}`, values),
      );
    }
    const dossier = await deps.dossiers.findByCode(reading.code);
    if (!dossier)
      return again(scene, deps, 'not_found', scene.say('status.notFound', { code: reading.code }));
    return found(scene, dossier, deps);
  };
  return {
    lookUp,
    ask: (scene) => ({
      reason: 'status.ask_code',
      session: { form: codeForm(scene, 0) },
      replies: [{ text: scene.say('status.askCode'), choices: [toPerson(scene), toMenu(scene)] }],
    }),
  };
}

function codeForm(scene: Scene, misses: number): FormState {
  return { form: DOSSIER_FORM, step: 'code', answers: {}, misses, startedAt: scene.now.toISOString() };
}

/** Says what is wrong with the code and waits for a better one; the third time a person takes over. */
function again(scene: Scene, { human }: Deps, why: string, sentence: string): Answer {
  const { form } = scene.session;
  const misses = (form?.form === DOSSIER_FORM ? form.misses : 0) + 1;
  if (misses >= MAX_TRIES) {
    const escalation = { reason: `status.exhausted.${why}`, escalation: 'dossier_not_found' } as const;
    const answer = human.handOver(scene, { ...escalation, key: 'status.handOver' });
    return { ...answer, session: { form: undefined } };
  }
  return {
    reason: `status.${why}`,
    session: { form: codeForm(scene, misses) },
    replies: [{ text: sentence, choices: [toPerson(scene), toMenu(scene)] }],
  };
}

function found(scene: Scene, dossier: Dossier, deps: Deps): Answer {
  const deadline = sayDeadline(scene, dossier, deps);
  return {
    reason: `status.found.${dossier.state}`,
    session: { form: undefined, lastTopic: { kind: 'dossier', id: dossier.code } },
    replies: [
      {
        text: paragraphs(
          lines(
            scene.say('status.code', { code: dossier.code }),
            scene.say(`status.state.${dossier.state}`),
            ...sayDays(scene, dossier),
          ),
          deadline,
          deadline !== undefined && isDue(scene, dossier, deps) ? undefined : sayNext(scene, dossier, deps),
          scene.say(`status.source.${sourceKey(dossier.source)}`, {
            asOf: sayMoment(dossier.asOf, scene.language),
          }),
        ),
        choices: [
          { title: scene.say('status.another'), payload: payloadFor({ kind: 'procedure_status' }) },
          toPerson(scene),
          toMenu(scene),
        ],
      },
    ],
  };
}

function sayDays(scene: Scene, { receivedOn, promisedOn, finishedOn, state }: Dossier): readonly string[] {
  const day = (key: string, value: string | undefined): string[] =>
    value === undefined ? [] : [scene.say(key, { day: sayDay(value, scene.language) })];
  return [
    ...day('status.receivedOn', receivedOn),
    ...day('status.promisedOn', HAS_PROMISE.has(state) || finishedOn === undefined ? promisedOn : undefined),
    ...day('status.finishedOn', finishedOn),
  ];
}

function sayNext(scene: Scene, { state }: Dossier, { commune }: Deps): string {
  return scene.say(`status.next.${state}`, { oneStop: commune.oneStopName });
}

/** From the promised day on nobody is told to wait for it: what is said about the deadline is what to do next. */
function isDue({ now }: Scene, { promisedOn }: Dossier, { calendar }: Deps): boolean {
  return promisedOn !== undefined && promisedOn <= calendar.localDay(now);
}

/** How far the promised day is, in working days; the delay is owned where there is one. */
function sayDeadline(scene: Scene, dossier: Dossier, { calendar }: Deps): string | undefined {
  const { promisedOn, state } = dossier;
  if (promisedOn === undefined || !RUNNING.has(state)) return undefined;
  const today = calendar.localDay(scene.now);
  if (promisedOn === today) return scene.say('status.dueToday');
  const days = calendar.workingDaysBetween(today, promisedOn);
  // A weekend or holiday between the two days: neither left nor late in working time, the date says enough.
  if (days === 0) return undefined;
  if (days > 0) return days === 1 ? scene.say('status.oneDayLeft') : scene.say('status.daysLeft', { days });
  return days === -1 ? scene.say('status.oneDayLate') : scene.say('status.daysLate', { days: -days });
}

/** Residents read who reported it, not the name of a file. */
function sourceKey(source: string): 'import' | 'sample' | 'other' {
  if (source.startsWith('import')) return 'import';
  return source === 'seed' ? 'sample' : 'other';
}
