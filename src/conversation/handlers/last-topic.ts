import type { CardMatch } from '../../knowledge/knowledge.ts';
import { namedPart } from '../card-parts.ts';
import type { CardPart } from '../commands.ts';
import { parsePayload } from '../payloads.ts';
import type { Scene } from '../scene.ts';
import type { LastTopic } from '../turn.ts';
import { worthOffering } from './cards.ts';

type Matches = readonly CardMatch<{ readonly id: string }>[];

const COMMANDS = { procedure: 'procedure_info', vneid: 'vneid_help' } as const;
const MAX_OTHERS = 3;
/** A story of more words only happens to name a fee or a day. */
const MAX_WORDS_ASKING = 20;

/** What to remember of a card just shown: the part that was asked for, and what else could have been meant. */
export function toLastTopic(
  scene: Scene,
  {
    kind,
    id,
    part = kind === 'procedure' ? askedPart(scene) : undefined,
  }: Pick<LastTopic, 'id' | 'part'> & { readonly kind: keyof typeof COMMANDS },
  search: (text: string) => Matches,
): LastTopic {
  const others = othersThan(id, scene, kind, search);
  return { kind, id, ...(part && { part }), ...(others.length > 0 && { others }) };
}

/** Cards whole and by name among the choices on the screen. */
export function offeredCards(scene: Scene, kind: keyof typeof COMMANDS): readonly string[] {
  return (scene.session.choices ?? []).flatMap(({ payload }) => {
    const command = parsePayload(payload);
    if (command?.kind !== 'procedure_info' && command?.kind !== 'vneid_help') return [];
    const isWholeCard = command.kind === COMMANDS[kind] && !('part' in command);
    return isWholeCard && command.id !== undefined ? [command.id] : [];
  });
}

function othersThan(
  id: string,
  scene: Scene,
  kind: keyof typeof COMMANDS,
  search: (text: string) => Matches,
): readonly string[] {
  const { lastTopic } = scene.session;
  const offered = offeredCards(scene, kind);
  const found = isWords(scene.text) ? worthOffering(search(scene.text)).map(({ card }) => card.id) : [];
  const kept = lastTopic?.kind === kind && lastTopic.id === id ? (lastTopic.others ?? []) : [];
  const nearest = [offered, kept, found].find((ids) => ids.some((each) => each !== id)) ?? [];
  return nearest.filter((each) => each !== id).slice(0, MAX_OTHERS);
}

/** A number or a tap names nothing to search for. */
function isWords(text: string): boolean {
  return (text.match(/\p{L}{2,}/gu) ?? []).length >= 2;
}

/** Also before a choice between cards was made: the question stays the same. */
function askedPart({ text, session }: Scene): CardPart | undefined {
  return partAskedIn(text) ?? partAskedIn(session.kept?.text ?? '');
}

function partAskedIn(text: string): CardPart | undefined {
  return text.split(/\s+/).length > MAX_WORDS_ASKING ? undefined : namedPart(text);
}
