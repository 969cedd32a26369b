import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { listCommonPasswords } from '../../../data/list-common-passwords.ts';
import { isCommonPassword, packCommonPasswords } from './common-passwords.ts';

it.each([
  ['12345678'],
  ['password'],
  ['PassWord'],
  ['iloveyou1'],
  ['Dragon2024'],
  ['qwertyuiop'],
  ['monkey12'],
])('knows %j', (password) => {
  expect(isCommonPassword(password)).toBe(true);
});

it.each([
  ['correct horse battery'],
  ['Tr0ub4dor&3'],
  ['83615274'],
  ['dragon90817365'],
  ['        '],
  ['😀😀😀😀😀😀😀😀'],
  [''],
])('does not know %j', (password) => {
  expect(isCommonPassword(password)).toBe(false);
});

it('takes no other for common', () => {
  let wrong = 0;
  for (let i = 0; i < 50_000; i += 1) if (isCommonPassword(`the ${i}th of many passwords`)) wrong += 1;
  expect(wrong).toBe(0);
});

it('packs each password once, whatever its case, in order', () => {
  const packed = packCommonPasswords(['Password', 'password', 'dragon']);
  expect(packed).toHaveLength(12);
  expect(packed.readUIntBE(0, 6)).toBeLessThan(packed.readUIntBE(6, 6));
});

it('knows each of the 100,000 most common, and ships what they pack into', () => {
  const list = listCommonPasswords();
  expect(list.length).toBeGreaterThan(100_000);
  expect(list.filter((password) => !isCommonPassword(password))).toEqual([]);
  const shipped = readFileSync(new URL('../../../data/common-passwords.bin', import.meta.url));
  expect(packCommonPasswords(list).equals(shipped)).toBe(true);
});
