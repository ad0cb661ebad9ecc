/** Calls the control API; a refusal becomes an `Error` with its reason. */
async function call(method, path, body) {
  const response = await fetch(`/control${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const json = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw new Error(json?.error ?? `HTTP ${response.status}`);
  return json;
}

const get = (path) => call('GET', path);
const post = (path, body = {}) => call('POST', path, body);

export const api = {
  state: () => get('/state'),
  residents: () => get('/residents'),
  addResident: (displayName) => post('/residents', { displayName, follows: true }),
  messages: (userId) => get(`/residents/${userId}/messages`),
  say: (userId, content) => post(`/residents/${userId}/messages`, content),
  tap: (userId, title) => post(`/residents/${userId}/tap`, { title }),
  adminReply: (userId, text) => post(`/residents/${userId}/admin-reply`, { text }),
  act: (userId, act) => post(`/residents/${userId}/${act}`),
  block: (userId, kind) => post(`/residents/${userId}/block`, { kind }),
  calls: (after) => get(`/calls?after=${after}`),
  webhooks: () => get('/webhooks'),
  setFaults: (patch) => post('/faults', patch),
  advance: (advanceMs) => post('/clock', { advanceMs }),
  resubscribe: () => post('/webhook', { subscribed: true }),
  testPing: () => post('/webhook/test'),
  async upload(file) {
    const response = await fetch('/control/media', {
      method: 'POST',
      headers: { 'content-type': file.type },
      body: file,
    });
    const json = await response.json();
    if (!response.ok) throw new Error(json.error);
    return json.url;
  },
};
