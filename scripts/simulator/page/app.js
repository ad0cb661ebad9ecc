import { api } from './api.js';
import { drawConversation } from './conversation.js';
import { byId, clockTime, dayAndTime, el, exactTime, link, longDay } from './dom.js';
import { drawFaults, showFaults } from './faults.js';
import { addCalls, drawWebhooks } from './traffic.js';

const KINDS = { government: 'Cơ quan nhà nước · API v2', business: 'Doanh nghiệp · API v3' };
const BLOCKS = { invitation: ' · đang chặn OA', message_type: ' · đang chặn loại tin này' };
const NOTICE_MS = 6000;
/** Also shows the clock moving when nothing happens. */
const IDLE_REFRESH_MS = 10_000;

let residents = [];
let currentId = localStorage.getItem('resident') ?? '';
let lastCall = 0;
let drawnConversation = '';
let shownId = '';

const current = () => residents.find((resident) => resident.userId === currentId);
const nameOf = (userId) =>
  residents.find((resident) => resident.userId === userId)?.displayName ??
  (userId ? `…${userId.slice(-4)}` : 'tin thử');

/** One refresh at a time; changes in between are caught by one more. */
const refresh = (() => {
  let running = false;
  let again = false;
  return async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      try {
        await load();
      } catch (error) {
        notify(`Máy giả lập không trả lời: ${error.message}`);
      }
    } while (again);
    running = false;
  };
})();

async function load() {
  residents = await api.residents();
  if (!current()) currentId = residents[0]?.userId ?? '';
  const [state, calls, webhooks, messages] = await Promise.all([
    api.state(),
    api.calls(lastCall),
    api.webhooks(),
    currentId ? api.messages(currentId) : [],
  ]);
  drawPeople();
  drawState(state);
  showConversation(messages);
  lastCall = calls.at(-1)?.seq ?? lastCall;
  addCalls(byId('calls'), calls, nameOf);
  drawWebhooks(byId('webhooks'), webhooks, nameOf);
  if (current()?.unread > 0 && document.visibilityState === 'visible') await api.act(currentId, 'seen');
}

function showConversation(messages) {
  const drawn = JSON.stringify([currentId, messages]);
  if (drawn === drawnConversation) return;
  drawnConversation = drawn;
  const toEnd = shownId !== currentId;
  shownId = currentId;
  drawConversation(byId('log'), messages, { onTap: tap, toEnd });
}

function drawPeople() {
  const list = byId('people-list');
  const focused = document.activeElement?.dataset?.userId;
  list.replaceChildren(...residents.map(drawPerson));
  if (focused) list.querySelector(`[data-user-id="${focused}"]`)?.focus();
  const person = current();
  byId('viewer').textContent = person?.displayName ?? '';
  for (const node of document.querySelectorAll('.current-name'))
    node.textContent = person?.displayName ?? '—';
  byId('standing').textContent = person ? standingOf(person) : '';
}

function drawPerson(resident) {
  const { userId, displayName, lastText, unread } = resident;
  const button = el(
    'button',
    { type: 'button', className: 'person', onclick: () => choose(userId) },
    el(
      'span',
      { className: 'face', 'aria-hidden': 'true' },
      displayName.trim().split(' ').at(-1).slice(0, 1),
    ),
    el(
      'span',
      { className: 'person-words' },
      el('strong', {}, displayName),
      el('span', {}, lastText || 'chưa nhắn gì'),
    ),
    unread > 0 && userId !== currentId
      ? el('span', { className: 'unread', 'aria-label': `${unread} tin chưa xem` }, String(unread))
      : undefined,
  );
  button.dataset.userId = userId;
  button.setAttribute('aria-current', String(userId === currentId));
  return el('li', {}, button);
}

function standingOf({ follows, blocked, lastInteractionAt }) {
  const follow = follows ? 'Đang quan tâm OA' : 'Không quan tâm OA';
  const last = lastInteractionAt ? `tương tác lần cuối ${dayAndTime(lastInteractionAt)}` : 'chưa tương tác';
  return `${follow}${BLOCKS[blocked] ?? ''} · ${last}`;
}

function drawState({ oaName, generation, now, clockOffsetMs, tokens, webhook, packageQuota, faults }) {
  byId('oa-name').textContent = oaName;
  byId('oa-kind').textContent = KINDS[generation];
  byId('bar-clock').textContent = `${clockTime(now)} · ${longDay(now)}`;
  byId('now').textContent = `${exactTime(now)}, ${longDay(now)}`;
  describe(byId('token'), [
    ['Trạng thái', tokens.expired ? 'đã hết hạn' : 'còn dùng được'],
    ['Cấp lúc', dayAndTime(tokens.issuedAt)],
    ['Hết hạn', dayAndTime(tokens.expiresAt)],
    ['Số lần đổi', String(tokens.refreshes)],
  ]);
  describe(byId('webhook-state'), [
    ['Địa chỉ', webhook.url ?? 'chưa đặt'],
    ['Trạng thái', webhook.subscribed ? 'đang bật' : 'đã bị ngắt'],
    ['Chờ gửi lại', String(webhook.waiting)],
    ['Tin trong gói', `${packageQuota.remain} / ${packageQuota.total}`],
    ['Giờ lệch', `${Math.round(clockOffsetMs / 60_000)} phút`],
  ]);
  byId('unsubscribed').hidden = webhook.subscribed;
  showFaults(byId('faults'), faults);
}

function describe(list, pairs) {
  list.replaceChildren(...pairs.flatMap(([term, text]) => [el('dt', {}, term), el('dd', {}, text)]));
}

function choose(userId) {
  currentId = userId;
  localStorage.setItem('resident', userId);
  setView('chat');
  void refresh();
}

async function tap(title) {
  const result = await attempt(() => api.tap(currentId, title));
  if (result?.action === 'link') notify('Zalo sẽ mở ', link(result.url));
  if (result?.action === 'call') notify(`Zalo sẽ gọi ${result.phone}`);
  if (result?.action === 'sms') notify(`Zalo sẽ soạn SMS đến ${result.phone}: ${result.content}`);
}

/** Does something and shows why it could not be done. */
async function attempt(work) {
  try {
    const result = await work();
    void refresh();
    return result;
  } catch (error) {
    notify(error.message);
    return undefined;
  }
}

let noticeTimer;
function notify(...content) {
  const notice = byId('notice');
  notice.replaceChildren(...content);
  notice.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => {
    notice.hidden = true;
  }, NOTICE_MS);
}

async function sendText() {
  const box = byId('text');
  const text = box.value.trim();
  if (text === '' || !currentId) return;
  box.value = '';
  const sent = await attempt(() => api.say(currentId, { text }));
  // What was typed is not lost when it could not be sent.
  if (!sent) box.value = text;
  byId('log').scrollTop = byId('log').scrollHeight;
}

const SENDERS = {
  photo: () => api.say(currentId, { image: {} }),
  voice: () => api.say(currentId, { audio: {} }),
  sticker: () => api.say(currentId, { sticker: { id: '46991' } }),
  location: () =>
    api.say(currentId, {
      location: { latitude: byId('latitude').value, longitude: byId('longitude').value },
    }),
};

function setView(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll('[data-view-button]')) {
    button.setAttribute('aria-pressed', String(button.dataset.viewButton === view));
  }
}

function setTab(chosen) {
  for (const tab of document.querySelectorAll('[role="tab"]')) {
    const selected = tab === chosen;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    byId(tab.getAttribute('aria-controls')).hidden = !selected;
  }
}

function wireChat() {
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    void sendText();
  });
  byId('text').addEventListener('keydown', (event) => {
    // An input method for Vietnamese also uses Enter, to finish a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void sendText();
  });
  byId('attach').addEventListener('click', (event) => {
    const kind = event.target.dataset?.send;
    if (!kind) return;
    byId('attach').open = false;
    if (kind === 'upload') byId('upload').click();
    else void attempt(SENDERS[kind]);
  });
  byId('upload').addEventListener('change', (event) => {
    const [file] = event.target.files;
    event.target.value = '';
    if (file) void attempt(async () => api.say(currentId, { image: { url: await api.upload(file) } }));
  });
  byId('people-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const box = byId('people-name');
    void attempt(async () => {
      const { userId } = await api.addResident(box.value);
      box.value = '';
      choose(userId);
    });
  });
}

function wireInside() {
  const tabs = [...document.querySelectorAll('[role="tab"]')];
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener('click', () => setTab(tab));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(index + step + tabs.length) % tabs.length];
      setTab(next);
      next.focus();
    });
  }
  setTab(tabs[0]);
  byId('admin-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const box = byId('admin-text');
    void attempt(async () => {
      await api.adminReply(currentId, box.value);
      box.value = '';
    });
  });
  onClicks('[data-act]', ({ act }) => api.act(currentId, act));
  onClicks('[data-block]', ({ block }) => api.block(currentId, block || null));
  onClicks('[data-advance]', ({ advance }) => api.advance(Number(advance)));
  onClicks('#resubscribe', () => api.resubscribe());
  onClicks('#test-ping', () => api.testPing());
  onClicks('#expire', () => api.setFaults({ tokenExpired: true }));
  onClicks('#faults-off', () => api.setFaults({ reset: true }));
  drawFaults(byId('faults'), (patch) => void attempt(() => api.setFaults(patch)));
}

function onClicks(selector, act) {
  for (const button of document.querySelectorAll(selector)) {
    button.addEventListener('click', () => void attempt(() => act(button.dataset)));
  }
}

wireChat();
wireInside();
for (const button of document.querySelectorAll('[data-view-button]')) {
  button.addEventListener('click', () => setView(button.dataset.viewButton));
}
new EventSource('/control/stream').addEventListener('message', () => void refresh());
document.addEventListener('visibilitychange', () => void refresh());
setInterval(() => void refresh(), IDLE_REFRESH_MS);
void refresh();
