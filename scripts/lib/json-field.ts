/** Strings, brackets and commas: all that is needed to see where a value begins and ends. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gu;

/**
 * Sets one top-level field of a JSON object and leaves every other character of the text alone, so that a file edited by
 * people keeps its shape. A field that is not there is added at the end.
 */
export function withJsonField(text: string, field: string, value: unknown): string {
  const found = findValue(text, field);
  const json = JSON.stringify(value, null, 2);
  if (found) return text.slice(0, found.start) + json + text.slice(found.end);
  const end = text.lastIndexOf('}');
  const isEmpty = /\{\s*$/u.test(text.slice(0, end));
  const before = text.slice(0, end).trimEnd();
  return `${before}${isEmpty ? '' : ','}\n${JSON.stringify(field)}: ${json}\n${text.slice(end)}`;
}

function findValue(
  text: string,
  field: string,
): { readonly start: number; readonly end: number } | undefined {
  const name = JSON.stringify(field);
  let depth = 0;
  let last = '';
  let start: number | undefined;
  let isField = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (isField && start === undefined) start = index;
    if (depth === 1 && token === ':' && last === name && start === undefined) isField = true;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    const isOver = (depth === 1 && token === ',') || depth === 0;
    if (start !== undefined && isOver) return { start, end: text.slice(0, index).trimEnd().length };
    last = token;
  }
  return undefined;
}
