import { expect, test } from 'vitest';
import { checkEmoji } from './emoji.ts';

test.each(['👍', '👍🏽', '👨‍👩‍👧', '🇩🇪', '❤️', '1️⃣'])('%s is one emoji', (emoji) => {
  expect(checkEmoji('emoji', emoji)).toBe(emoji);
});

test('an emoji without its emoji style is the same emoji', () => {
  expect(checkEmoji('emoji', '\u2764')).toBe('\u2764\ufe0f');
});

test.each(['', 'a', '1', '👍👍', ' 👍', '👍 ', '\ufe0f', '🇩', 'x'.repeat(10_000)])('%j is none', (text) => {
  expect(() => checkEmoji('emoji', text)).toThrow(
    expect.objectContaining({
      code: 'BAD_USER_INPUT',
      extensions: expect.objectContaining({ field: 'emoji' }),
    }),
  );
});
