import { expect, it } from 'vitest';
import { cutSlowest } from './slow-readers.ts';

const cutOf = (kept: readonly number[], bytesOfAll: number) => {
  const cut: number[] = [];
  cutSlowest(new Set(kept.map((one) => ({ kept: one, cut: () => void cut.push(one) }))), bytesOfAll);
  return cut;
};

it.each<[string, number[], number[]]>([
  ['nobody while all together is little', [30, 40, 30], []],
  ['whoever has most kept, and no more than it takes', [10, 60, 5, 50], [60]],
  ['several where one is not enough', [50, 50, 50, 50], [50, 50]],
])('cuts %s', (_what, kept, cut) => {
  expect(cutOf(kept, 100)).toEqual(cut);
});
