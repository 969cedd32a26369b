import { expect, it } from 'vitest';
import { firstGrapheme, graphemes } from './graphemes.ts';

it.each(['é', 'e\u0301', '👨‍👩‍👧‍👦', '🇫🇷', 'नि', '1️⃣'])('%s is one character', (text) => {
  expect(graphemes(text)).toBe(1);
  expect(firstGrapheme(`${text}x`)).toBe(text);
});

it('counts no further than it is asked to', () => {
  expect(graphemes('x'.repeat(10), 3)).toBe(4);
  expect(graphemes('xxx', 3)).toBe(3);
  expect(firstGrapheme('')).toBe('');
});
