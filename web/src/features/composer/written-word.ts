/** What somebody is writing just before the caret that can be completed: a name behind @, a tag behind #. */
export interface WrittenWord {
  kind: 'mention' | 'hashtag';
  /** Without its sign. */
  word: string;
  /** Where its sign stands in the text. */
  start: number;
}

const longest = 50;
// The sign begins a word: what stands in an address or behind a letter is none.
const unfinished = /(?:^|[^\p{L}\p{M}\p{N}_@＠#＃/.])([@＠#＃])([\p{L}\p{M}\p{N}_.]+)$/u;

/** Takes a text and where the caret is, gives what is being written there; null for anything else. */
export function writtenWordAt(text: string, caret: number): WrittenWord | null {
  const found = unfinished.exec(text.slice(Math.max(0, caret - longest), caret));
  const [, sign = '', word = ''] = found ?? [];
  if (!found) return null;
  const start = caret - word.length - sign.length;
  return { kind: /[@＠]/.test(sign) ? 'mention' : 'hashtag', word, start };
}
