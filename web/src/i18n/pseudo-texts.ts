/** Right-to-left override, and its end. */
const toTheLeft = (text: string) => (text.trim() === '' ? text : `\u202e${text}\u202c`);

/** Takes compiled texts, gives the same as a language from right to left would have them. */
export function pseudoTexts(rooms: object): object {
  return mapValues(rooms, (room) => mapValues(room as object, ofMessage));
}

const ofMessage = (message: unknown): unknown =>
  Array.isArray(message) ? message.map(ofNode) : typeof message === 'string' ? toTheLeft(message) : message;

/** A text, a value (`[name]`), a choice (`[name, kind, branches]`) or a tag (`[name, ...nodes]`). */
function ofNode(node: unknown): unknown {
  if (!Array.isArray(node)) return ofMessage(node);
  const [name, kind, branches] = node;
  if (node.length === 1) return node;
  if (typeof kind === 'number' && kind !== 0) {
    return typeof branches === 'object' ? [name, kind, mapValues(branches, ofMessage)] : node;
  }
  return [name, ...node.slice(1).map(ofNode)];
}

const mapValues = (all: object, change: (value: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(all).map(([key, value]) => [key, change(value)]));
