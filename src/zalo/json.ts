// A whole JSON string, or a number. Strings are matched so that digits inside them are left alone.
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/**
 * `JSON.parse` that turns integers too long for a JavaScript number into strings: Zalo's ids have up to 19 digits
 * and would silently change their last ones. Throws `SyntaxError` like `JSON.parse`.
 */
export function parseJsonKeepingIds(text: string): unknown {
  return JSON.parse(text.replace(STRING_OR_NUMBER, quoteLongInteger));
}

function quoteLongInteger(token: string): string {
  if (!/^-?\d+$/.test(token)) return token;
  return Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}
