/** Builds an element. Text goes in as text nodes only: whatever a resident types cannot become markup. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name === 'onclick') node.addEventListener('click', value);
    else if (name in node && name !== 'list') node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Text with its web addresses as links that open elsewhere. */
export function linkified(text) {
  return text.split(/(https?:\/\/[^\s)]+)/).map((part, index) => (index % 2 ? link(part) : part));
}

export function link(href, label = href) {
  const safe = /^https?:/.test(href);
  return safe ? el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label) : label;
}

const TIME_ZONE = 'Asia/Ho_Chi_Minh';
const format = (options) => {
  const formatter = new Intl.DateTimeFormat('vi-VN', { timeZone: TIME_ZONE, ...options });
  return (iso) => formatter.format(new Date(iso));
};

export const clockTime = format({ hour: '2-digit', minute: '2-digit' });
export const exactTime = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const longDay = format({ weekday: 'long', day: '2-digit', month: '2-digit', year: 'numeric' });
export const dayAndTime = (iso) => `${clockTime(iso)}, ${longDay(iso)}`;
