import { clockTime, el, link, linkified, longDay } from './dom.js';

/** More would make a long conversation slow to draw. */
const SHOWN_MESSAGES = 300;

const STATES = { sent: 'Đã gửi', received: 'Đã nhận', seen: 'Đã xem' };

const LEAVES_ZALO = {
  'oa.open.url': 'mở trang',
  'oa.open.phone': 'gọi',
  'oa.open.sms': 'nhắn SMS',
};

/**
 * Draws the conversation as its resident sees it; `onTap` gets the title of a tapped button. Somebody reading
 * further up is left there, unless `toEnd`.
 */
export function drawConversation(log, messages, { onTap, toEnd }) {
  const pinned = toEnd || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const shown = messages.slice(-SHOWN_MESSAGES);
  const byMsgId = new Map(messages.map((message) => [message.msgId, message]));
  const lines = [];
  let day = '';
  for (const message of shown) {
    if (longDay(message.at) !== day) {
      day = longDay(message.at);
      lines.push(el('li', { className: 'day' }, day));
    }
    lines.push(drawMessage(message, byMsgId, onTap));
  }
  if (lines.length === 0) {
    lines.push(
      el('li', { className: 'log-empty' }, 'Chưa có tin nào. Thử gõ “xin chào” hoặc “làm giấy khai sinh”.'),
    );
  }
  log.replaceChildren(...lines);
  if (!pinned) return;
  const scroll = () => {
    log.scrollTop = log.scrollHeight;
  };
  scroll();
  // Pictures get their height only when they have come.
  for (const picture of log.querySelectorAll('img')) picture.addEventListener('load', scroll, { once: true });
}

function drawMessage(message, byMsgId, onTap) {
  const mine = message.from === 'resident';
  const side = mine ? 'mine' : message.from;
  return el(
    'li',
    { className: `message ${side}` },
    message.from === 'admin' ? el('span', { className: 'author' }, 'cán bộ') : undefined,
    ...drawBody(message, byMsgId),
    drawButtons(message, onTap),
    el('div', { className: 'meta' }, metaOf(message)),
  );
}

function drawBody(message, byMsgId) {
  const quoted = byMsgId.get(message.quoteMsgId);
  const parts = [];
  if (quoted) parts.push(el('span', { className: 'quote' }, quoted.text || quoted.kind));
  parts.push(...drawMedia(message));
  const bare = message.kind === 'image' || message.kind === 'gif' || message.kind === 'sticker';
  if (bare && !quoted) {
    const caption = message.text ? [el('div', { className: 'bubble' }, ...linkified(message.text))] : [];
    return [...parts, ...caption];
  }
  return [el('div', { className: 'bubble' }, ...parts, ...linkified(message.text))];
}

function drawMedia({ kind, media = {} }) {
  switch (kind) {
    case 'image':
    case 'gif':
      return [el('img', { className: 'photo', src: media.url ?? '', alt: 'Ảnh đã gửi' })];
    case 'sticker':
      return [el('img', { className: 'sticker', src: media.url ?? '', alt: 'Nhãn dán' })];
    case 'audio':
      return [el('span', { className: 'media-line' }, '🎤 Tin thoại ', link(media.url ?? '', 'tải về'))];
    case 'video':
      return [el('span', { className: 'media-line' }, '🎬 Video ', link(media.url ?? '', 'mở'))];
    case 'location': {
      const { latitude, longitude } = media.coordinates ?? {};
      return [el('span', { className: 'media-line' }, `📍 Vị trí ${latitude}, ${longitude}`)];
    }
    case 'file':
      return [el('span', { className: 'media-line' }, `📄 ${media.name ?? 'Tệp'}`)];
    case 'link':
    case 'business_card':
      return [el('span', { className: 'media-line' }, '🔗 ', link(media.url ?? ''))];
    case 'list':
      return (media.elements ?? []).map((line) =>
        el(
          'div',
          { className: 'list-line' },
          el('strong', {}, line.title),
          el('span', {}, line.subtitle ?? ''),
        ),
      );
    default:
      return [];
  }
}

function drawButtons({ buttons }, onTap) {
  if (buttons.length === 0) return undefined;
  return el(
    'div',
    { className: 'choices' },
    ...buttons.map(({ title, type }) => {
      const leaves = LEAVES_ZALO[type];
      const note = leaves ? el('small', {}, ` · ${leaves}`) : undefined;
      return el('button', { type: 'button', onclick: () => onTap(title) }, title, note);
    }),
  );
}

function metaOf({ at, state, reaction, from }) {
  const parts = [clockTime(at)];
  if (from === 'oa' && state) parts.push(STATES[state]);
  if (reaction) parts.push(`OA thả ${reaction}`);
  return parts.join(' · ');
}
