import { expect, test } from 'vitest';
import { areaOf, moved, wholeCrop, zoomed } from './crop.ts';

const wide = { width: 1200, height: 800 };
const square = (left: number, top: number, side: number) => ({ left, top, width: side, height: side });

test('at first the largest part in the middle is kept', () => {
  expect(areaOf(wholeCrop, wide, 1)).toEqual(square(200, 0, 800));
  expect(areaOf(wholeCrop, { width: 5, height: 5 }, 1)).toEqual(square(0, 0, 5));
  expect(areaOf(wholeCrop, wide, 3)).toEqual({ left: 0, top: 200, width: 1200, height: 400 });
});

test('what is moved stays within the picture', () => {
  expect(areaOf(moved(wholeCrop, wide, 1, 0.125, 0.5), wide, 1)).toEqual(square(100, 0, 800));
  expect(areaOf(moved(wholeCrop, wide, 1, 9, 9), wide, 1)).toEqual(square(0, 0, 800));
  expect(areaOf(moved(wholeCrop, wide, 1, -9, -9), wide, 1)).toEqual(square(400, 0, 800));
  expect(areaOf(moved(wholeCrop, wide, 3, 9, -9), wide, 3)).toMatchObject({ left: 0, top: 400 });
});

test('closer and further away keep the middle, as far as the picture goes', () => {
  const close = zoomed(moved(wholeCrop, wide, 1, 0.25, 0), 2, wide, 1);
  expect(areaOf(close, wide, 1)).toEqual(square(200, 200, 400));
  expect(areaOf(zoomed(close, 1, wide, 1), wide, 1)).toEqual(square(0, 0, 800));
  expect(zoomed(close, 99, wide, 1).zoom).toBe(4);
  expect(zoomed(close, 0, wide, 1).zoom).toBe(1);
});
