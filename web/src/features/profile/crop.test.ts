import { expect, test } from 'vitest';
import { areaOf, moved, wholeCrop, zoomed } from './crop.ts';

const wide = { width: 1200, height: 800 };

test('at first the largest square in the middle is kept', () => {
  expect(areaOf(wholeCrop, wide)).toEqual({ left: 200, top: 0, side: 800 });
  expect(areaOf(wholeCrop, { width: 5, height: 5 })).toEqual({ left: 0, top: 0, side: 5 });
});

test('what is moved stays within the picture', () => {
  expect(areaOf(moved(wholeCrop, wide, 0.125, 0.5), wide)).toEqual({ left: 100, top: 0, side: 800 });
  expect(areaOf(moved(wholeCrop, wide, 9, 9), wide)).toEqual({ left: 0, top: 0, side: 800 });
  expect(areaOf(moved(wholeCrop, wide, -9, -9), wide)).toEqual({ left: 400, top: 0, side: 800 });
});

test('closer and further away keep the middle, as far as the picture goes', () => {
  const close = zoomed(moved(wholeCrop, wide, 0.25, 0), 2, wide);
  expect(areaOf(close, wide)).toEqual({ left: 200, top: 200, side: 400 });
  expect(areaOf(zoomed(close, 1, wide), wide)).toEqual({ left: 0, top: 0, side: 800 });
  expect(zoomed(close, 99, wide).zoom).toBe(4);
  expect(zoomed(close, 0, wide).zoom).toBe(1);
});
