import { findMessage, type ChatMessage, type Resident } from './residents.ts';
import { vietnamDay, vietnamTimestamp } from './sending-window.ts';

/** v3 `user/detail`. */
export function toDetail(resident: Resident): Record<string, unknown> {
  return {
    user_id: resident.userId,
    user_id_by_app: resident.userIdByApp,
    user_external_id: '',
    display_name: resident.displayName,
    user_alias: '',
    is_sensitive: false,
    user_last_interaction_date:
      resident.lastInteractionMs === undefined ? '' : vietnamDay(resident.lastInteractionMs),
    user_is_follower: resident.follows,
    avatar: '',
    avatars: { 120: '', 240: '' },
    dynamic_param: '',
    tags_and_notes_info: { notes: [], tag_names: [] },
    shared_info: { address: '', city: '', district: '', phone: 0, name: '', user_dob: '' },
  };
}

/** v2 `getprofile`. */
export function toProfile(resident: Resident): Record<string, unknown> {
  return {
    user_id: resident.userId,
    user_id_by_app: resident.userIdByApp,
    display_name: resident.displayName,
    avatar: '',
    avatars: { 120: '', 240: '' },
    user_gender: 0,
    birth_date: 0,
    shared_info: '',
    tags_and_notes_info: { notes: [], tag_names: [] },
  };
}

const HISTORY_TYPES: Readonly<Partial<Record<ChatMessage['kind'], string>>> = {
  image: 'photo',
  audio: 'voice',
  gif: 'GIF',
  list: 'links',
  business_card: 'link',
  request_user_info: 'links',
};

/** One line of `conversation` and `listrecentchat`. */
export function toHistoryEntry(
  resident: Resident,
  message: ChatMessage,
  oa: { readonly oaId: string; readonly oaName: string },
): Record<string, unknown> {
  const person = { id: resident.userId, name: resident.displayName };
  const page = { id: oa.oaId, name: oa.oaName };
  const byResident = message.from === 'resident';
  const [from, to] = byResident ? [person, page] : [page, person];
  return {
    src: byResident ? 1 : 0,
    time: message.atMs,
    sent_time: vietnamTimestamp(message.atMs),
    from_id: from.id,
    from_display_name: from.name,
    from_avatar: '',
    to_id: to.id,
    to_display_name: to.name,
    to_avatar: '',
    message_id: message.msgId,
    type: HISTORY_TYPES[message.kind] ?? message.kind,
    message: message.text,
    ...historyMedia(resident, message),
  };
}

function historyMedia(resident: Resident, { media, quoteMsgId }: ChatMessage): Record<string, unknown> {
  const quoted = quoteMsgId === undefined ? undefined : findMessage(resident, quoteMsgId);
  return {
    ...(quoted ? { quote_msg_id: quoted.msgId } : {}),
    ...(media?.['url'] === undefined ? {} : { url: media['url'] }),
    ...(media?.['thumbnail'] === undefined ? {} : { thumb: media['thumbnail'] }),
    ...(media?.['description'] === undefined ? {} : { description: media['description'] }),
    ...(media?.['coordinates'] === undefined ? {} : { location: JSON.stringify(media['coordinates']) }),
  };
}
