import { expect, test } from 'vitest';
import { checkEmoji } from './check-emoji.ts';

test.each([
  ['👍🏽', '👍🏽'],
  ['\u2764', '\u2764\ufe0f'],
  ['🏳\u200d🌈', '🏳\ufe0f\u200d🌈'],
])('%s is the emoji %s', (typed, emoji) => {
  expect(checkEmoji('emoji', typed)).toBe(emoji);
});

test.each(['', 'a', '👍👍', 'x'.repeat(10_000)])('%j is none', (text) => {
  expect(() => checkEmoji('emoji', text)).toThrow(
    expect.objectContaining({
      code: 'BAD_USER_INPUT',
      extensions: expect.objectContaining({ field: 'emoji' }),
    }),
  );
});
