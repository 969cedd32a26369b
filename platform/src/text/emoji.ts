import { emojiSequences } from './emoji-sequences.ts';
import { matchAt } from './match-at.ts';

const rgi = /^\p{RGI_Emoji}$/v;
const emojiStyle = '\ufe0f';
const textStyle = '\ufe0e';
const joiner = '\u200d';

// Ten code points, and a style behind each of them.
const maxUnits = 32;

// Characters that are text by default: as emoji they need the emoji style behind them, unless a skin tone follows.
const needsStyle = /[\p{Emoji}--[\p{Emoji_Presentation}\p{Regional_Indicator}]]/v;
const skinTone = /\p{Emoji_Modifier}/u;

/**
 * The one spelling of an emoji that Unicode recommends for interchange (emoji-test.txt: fully-qualified), however
 * it was typed, with or without its emoji styles. Null when the text is not one emoji.
 */
export function qualifiedEmoji(text: string): string | null {
  if (text.length === 0 || text.length > maxUnits) return null;
  const bare = text.replaceAll(emojiStyle, '');
  const characters = [...bare];
  const qualified = characters
    .map((character, at) =>
      needsStyle.test(character) && !skinTone.test(characters[at + 1] ?? '')
        ? character + emojiStyle
        : character,
    )
    .join('');
  // A table for these: the engine tries a thousand sequences one after the other.
  const isEmoji = bare.includes(joiner) ? emojiSequences.has(bare) : rgi.test(qualified);
  return isEmoji ? qualified : null;
}

// UTS #51's possible emoji, with a bound on each of its repetitions.
const element = String.raw`[\p{Emoji}--[0-9#*\p{Regional_Indicator}]][\ufe0f\p{Emoji_Modifier}]{0,3}[\u{e0020}-\u{e007f}]{0,8}`;
const possible = new RegExp(
  String.raw`\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3|${element}(?:\u200d${element}){0,4}`,
  'vy',
);
const styledCharacter = /.\ufe0f?/suy;
const lastElement = /\u200d[^\u200d]*$/;

/** The emoji that begins at this place, the longest one, as it was typed and qualified; null when there is none. */
export function emojiAt(text: string, at: number): { text: string; emoji: string } | null {
  possible.lastIndex = at;
  const [found] = possible.exec(text) ?? [];
  if (found === undefined) return null;
  for (const typed of partsFromTheStart(found)) {
    const emoji = text.startsWith(textStyle, at + typed.length) ? null : qualifiedEmoji(typed);
    if (emoji !== null) return { text: typed, emoji };
  }
  return null;
}

/** What was found, then without its last person or thing, and so on, then its first character with its style. */
function* partsFromTheStart(found: string): Generator<string> {
  let part = found;
  while (part !== '') {
    yield part;
    const shorter = part.replace(lastElement, '');
    part = shorter === part ? '' : shorter;
  }
  yield matchAt(styledCharacter, found, 0);
}
