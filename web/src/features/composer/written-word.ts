import { tokensOf } from '@socialhub/platform/text/tokens';

/** What somebody is writing just before the caret that can be completed: a name behind @, a tag behind #. */
export interface WrittenWord {
  kind: 'mention' | 'hashtag';
  /** Without its sign, as it is looked up. */
  word: string;
  /** Where its sign stands in the text. */
  start: number;
}

/** More than a name or a tag has, with what stands before it: of an address nothing is completed. */
const longest = 200;

/** Takes a text and where the caret is, gives what is being written there; null for anything else. */
export function writtenWordAt(text: string, caret: number): WrittenWord | null {
  const last = tokensOf(text.slice(Math.max(0, caret - longest), caret)).at(-1);
  if (last?.kind !== 'mention' && last?.kind !== 'hashtag') return null;
  const word = last.kind === 'mention' ? last.username : last.tag;
  return { kind: last.kind, word, start: caret - last.text.length };
}
