import { expect, test } from 'vitest';
import { createRecent } from '../src/recent.ts';

test('what was asked for lately stays, what was not goes, and it never holds more than twice its size', () => {
  const recent = createRecent<number>(100);
  recent.set('wanted', -1);
  for (let at = 0; at < 1000; at += 1) {
    recent.set(`key ${at}`, at);
    expect(recent.get('wanted')).toBe(-1);
  }
  const kept = Array.from({ length: 1000 }, (_, at) => recent.get(`key ${at}`)).filter(
    (value) => value !== undefined,
  );
  expect(recent.get('key 0')).toBeUndefined();
  expect(recent.get('key 999')).toBe(999);
  expect(kept.length).toBeLessThanOrEqual(200);
});

test('what is deleted is gone from both generations', () => {
  const recent = createRecent<number>(1);
  recent.set('a', 1);
  recent.set('b', 2);
  recent.delete('a');
  recent.delete('b');
  expect([recent.get('a'), recent.get('b')]).toEqual([undefined, undefined]);
  recent.set('c', 3);
  recent.clear();
  expect(recent.get('c')).toBeUndefined();
});

test('what differs in weight is bounded by the sum of it', () => {
  const recent = createRecent<string>(1000, (value) => value.length);
  recent.set('too heavy', 'x'.repeat(1001));
  expect(recent.get('too heavy')).toBeUndefined();
  for (let at = 0; at < 100; at += 1) recent.set(`key ${at}`, 'x'.repeat(90));
  const kept = Array.from({ length: 100 }, (_, at) => at).filter(
    (at) => recent.get(`key ${at}`) !== undefined,
  );
  expect(kept.length).toBeGreaterThanOrEqual(11);
  expect(kept.length).toBeLessThanOrEqual(22);
});

test('what is set again counts once', () => {
  const recent = createRecent<string>(100, (value) => value.length);
  recent.set('other', 'x'.repeat(40));
  for (let at = 0; at < 10; at += 1) recent.set('same', 'x'.repeat(50));
  recent.set('third', 'x'.repeat(10));
  expect(recent.get('other')).toBeDefined();
});
