import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deeds, type Matrix, matrixTable, parts, withTable } from './matrix.ts';

const read = (path: string) =>
  readFileSync(new URL(`../../docs/operations/${path}`, import.meta.url), 'utf8');

it('is in the handbook as it was measured last', () => {
  const matrix = JSON.parse(read('faults.json')) as Matrix;
  expect(Object.keys(matrix)).toEqual([...parts]);
  for (const part of parts) expect(Object.keys(matrix[part])).toEqual([...deeds]);
  const page = read('faults.md');
  expect(page).toBe(withTable(page, matrixTable(matrix)));
});

it('has a place in the page, or says that it has none', () => {
  expect(() => withTable('# Faults', '')).toThrow('no place');
});
