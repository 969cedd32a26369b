import { expect, it } from 'vitest';
import { hasVisible } from './visible.ts';

it.each(['a', '1', '.', '¯', '❤', '日', '\u0600', '\ue000', ' a ', '\u2800.'])('%j is seen', (text) => {
  expect(hasVisible(text)).toBe(true);
});

it.each([
  ['nothing', ''],
  ['white space', ' \t\n\u00a0\u2003\u3000'],
  ['joiners and spaces of no width', '\u200b\u200c\u200d\u2060\ufeff'],
  ['a soft hyphen', '\u00ad'],
  ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
  ['a blank pattern of Braille', '\u2800'],
  ['variation selectors', '\ufe0f\u{e0100}'],
  ['tags', '\u{e0001}\u{e0041}'],
  ['marks of direction', '\u200e\u200f\u061c\u202a\u2066'],
  ['a mark on nothing', '\u0301'],
  ['annotations', '\ufff9\ufffb'],
])('%s is not seen', (_what, text) => {
  expect(hasVisible(text)).toBe(false);
});
