const maxChars = 120;
const maxKeys = 5;
const maxDepth = 2;
const maxMessageChars = 400;

/** A value as messages show it: as much as tells a reader which one is meant, whatever its size. */
export function preview(value: unknown, depth = 0): string {
  if (typeof value === 'string') return JSON.stringify(cutEnd(value, maxChars));
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = firstKeys(value, Array.isArray(value) ? value.length : undefined);
  const isList = Array.isArray(value);
  if (entries.length === 0) return isList ? '[]' : '{}';
  if (depth >= maxDepth) return isList ? '[Array]' : '[Object]';
  const parts = entries.slice(0, maxKeys).map((key) => {
    const shown = preview((value as Record<string, unknown>)[key], depth + 1);
    return isList ? shown : `${cutEnd(key, maxChars)}: ${shown}`;
  });
  if (entries.length > maxKeys) parts.push('…');
  return cutShort(isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`);
}

/** A message of bearable length: what it begins and what it ends with. */
export function cutShort(message: string): string {
  if (message.length <= maxMessageChars) return message;
  const head = message.slice(0, maxMessageChars * 0.6).toWellFormed();
  return `${head} … ${message.slice(-maxMessageChars * 0.3).toWellFormed()}`;
}

const cutEnd = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, length).toWellFormed()}…` : text;

/** One more than are shown, without making a list of all. */
function firstKeys(value: object, length: number | undefined): string[] {
  if (length !== undefined) return [...Array(Math.min(length, maxKeys + 1)).keys()].map(String);
  const keys: string[] = [];
  for (const key in value) {
    keys.push(key);
    if (keys.length > maxKeys) break;
  }
  return keys;
}
