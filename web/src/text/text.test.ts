import { expect, test } from 'vitest';
import { blurhashColour } from './blurhash-colour.ts';
import { when } from './when.ts';

test('a BlurHash gives its average colour, anything else none', () => {
  expect(blurhashColour('LEHV6nWB2yk8pyo0adR*.7kCMdnj')).toMatch(/^#[0-9a-f]{6}$/);
  expect(blurhashColour('L~~~~~~~')).toBeNull();
  expect(blurhashColour('"><sc')).toBeNull();
  expect(blurhashColour(null)).toBeNull();
});

test('a time is told as its distance, then as its day', () => {
  const now = Date.parse('2026-05-12T12:00:00.000Z');
  const short = (time: string) => when(time, now).short;
  expect(short('2026-05-12T12:00:05.000Z')).toBe('now');
  expect(short('2026-05-12T11:55:00.000Z')).toBe('5 min');
  expect(short('2026-05-12T09:00:00.000Z')).toBe('3 h');
  expect(short('2026-05-10T09:00:00.000Z')).toBe('2 d');
  expect(short('2026-04-02T09:00:00.000Z')).toBe('2 Apr');
  expect(short('2025-04-02T09:00:00.000Z')).toBe('2 Apr 2025');
  expect(short('nonsense')).toBe('');
  expect(when('2026-05-12T11:55:00.000Z', now).ago).toBe('5 min ago');
  expect(when('2026-05-12T11:59:55.000Z', now).ago).toBe('now');
});

test('a time is told with its zone where that is not the reader’s', () => {
  const time = '2026-05-12T11:55:00.000Z';
  expect(when(time, Date.parse(time), 'UTC').exact).toBe('12 May 2026 at 11:55 UTC');
  expect(when(time, Date.parse(time), 'own').exact).toMatch(/^1[123] May 2026 at \d\d:\d\d$/);
});
