import { el, exactTime } from './dom.js';

const SHOWN_ROWS = 120;

/** New calls go on top; what is there already stays, so that an opened row stays open. */
export function addCalls(list, calls, nameOf) {
  for (const call of calls) list.prepend(drawCall(call, nameOf));
  while (list.children.length > SHOWN_ROWS) list.lastElementChild.remove();
}

function drawCall(call, nameOf) {
  const { method, path, query, body, response, fault } = call;
  const userId = body?.recipient?.user_id;
  const about = [userId && nameOf(userId), shortText(body) || query].filter(Boolean).join(': ');
  return row(call.at, [`${method} ${path}`, el('small', {}, about)], markOfCall(call), [
    ['Yêu cầu', query ?? body],
    ['Trả lời', response],
    ...(fault ? [['Sự cố đang bật', fault]] : []),
  ]);
}

function shortText(body) {
  return body?.message?.text ?? body?.grant_type ?? '';
}

function markOfCall({ error, status, response }) {
  if (status === null) return mark('bad', 'không trả lời');
  if (error === null) return mark('bad', `HTTP ${status}`);
  if (error === 0) return mark('', '0 Success');
  const name = response?.message ?? response?.error_name ?? '';
  return mark('bad', `${error} ${name}`);
}

/** Deliveries change while they are repeated, so all rows are drawn again; opened ones stay open. */
export function drawWebhooks(list, records, nameOf) {
  const open = new Set([...list.querySelectorAll('details[open]')].map((node) => node.dataset.seq));
  const rows = records
    .slice(-SHOWN_ROWS)
    .reverse()
    .map((record) => drawWebhook(record, nameOf));
  for (const [index, record] of records.slice(-SHOWN_ROWS).reverse().entries()) {
    const details = rows[index].firstElementChild;
    details.dataset.seq = String(record.seq);
    details.open = open.has(details.dataset.seq);
  }
  list.replaceChildren(...rows);
}

function drawWebhook(record, nameOf) {
  const attempts = record.attempts.map(
    ({ at, retry, status, problem, tookMs, duplicate }) =>
      `${exactTime(at)}  ${duplicate ? 'bản trùng' : retry === 0 ? 'lần đầu' : `gửi lại ${retry}`}: ${
        status ?? problem
      } (${tookMs} ms)`,
  );
  return row(record.at, [record.event, el('small', {}, nameOf(record.userId))], markOfWebhook(record), [
    ['Các lần gửi', attempts.join('\n') || 'chưa gửi'],
    ['Nội dung', JSON.parse(record.body)],
  ]);
}

const UNDELIVERED = {
  queued: ['warn', 'đang gửi'],
  dropped: ['bad', 'mất (sự cố)'],
  no_url: ['warn', 'chưa có địa chỉ'],
  unsubscribed: ['bad', 'webhook bị ngắt'],
  given_up: ['bad', 'thôi gửi lại'],
};

function markOfWebhook({ state, attempts, nextAttemptAt }) {
  const last = attempts.at(-1);
  if (state === 'delivered') {
    const copies = attempts.filter((attempt) => attempt.duplicate).length;
    return mark('', `${last.status} · ${last.tookMs} ms${copies > 0 ? ` · +${copies} bản trùng` : ''}`);
  }
  if (state === 'waiting') {
    return mark('warn', `${last?.status ?? last?.problem} · gửi lại lúc ${exactTime(nextAttemptAt)}`);
  }
  return mark(...UNDELIVERED[state]);
}

function mark(kind, text) {
  return el('span', { className: `mark ${kind}` }, text);
}

function row(at, main, state, sections) {
  const summary = el(
    'summary',
    {},
    el('time', {}, exactTime(at)),
    el('span', { className: 'row-main' }, ...main),
    state,
  );
  const body = sections.flatMap(([title, value]) => [el('h4', {}, title), el('pre', {}, asText(value))]);
  return el('li', { className: 'row' }, el('details', {}, summary, ...body));
}

function asText(value) {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
