import { expect, test } from 'vitest';
import { textsIn } from '../../tests/texts-in.ts';
import { blurhashColour } from './blurhash-colour.ts';
import { when } from './when.ts';

const english = { language: 'en', t: textsIn('en', 'ui') } as const;
const german = { language: 'de', t: textsIn('de', 'ui') } as const;

test('a BlurHash gives its average colour, anything else none', () => {
  expect(blurhashColour('LEHV6nWB2yk8pyo0adR*.7kCMdnj')).toMatch(/^#[0-9a-f]{6}$/);
  expect(blurhashColour('L~~~~~~~')).toBeNull();
  expect(blurhashColour('"><sc')).toBeNull();
  expect(blurhashColour(null)).toBeNull();
});

test('a time is told as its distance, then as its day', () => {
  const now = Date.parse('2026-05-12T12:00:00.000Z');
  const short = (time: string) => when(time, english, now).short;
  expect(short('2026-05-12T12:00:05.000Z')).toBe('now');
  expect(short('2026-05-12T11:55:00.000Z')).toBe('5 min');
  expect(short('2026-05-12T09:00:00.000Z')).toBe('3 h');
  expect(short('2026-05-10T09:00:00.000Z')).toBe('2 d');
  expect(short('2026-04-02T09:00:00.000Z')).toBe('2 Apr');
  expect(short('2025-04-02T09:00:00.000Z')).toBe('2 Apr 2025');
  expect(short('nonsense')).toBe('');
  expect(when('2026-05-12T11:55:00.000Z', english, now).ago).toBe('5 min ago');
  expect(when('2026-05-12T11:59:55.000Z', english, now).ago).toBe('now');
});

test('a time is told with its zone where that is not the reader’s', () => {
  const time = '2026-05-12T11:55:00.000Z';
  expect(when(time, english, Date.parse(time), 'UTC').exact).toBe('12 May 2026 at 11:55 UTC');
  expect(when(time, english, Date.parse(time), 'own').exact).toMatch(/^1[123] May 2026 at \d\d:\d\d$/);
});

test('a German reader is told times as they are told in German', () => {
  const now = Date.parse('2026-05-12T12:00:00.000Z');
  const told = (time: string) => when(time, german, now);
  expect(told('2026-05-12T12:00:00.000Z').short).toBe('gerade eben');
  expect(told('2026-05-12T11:55:00.000Z').ago).toBe('vor 5 Min.');
  expect(told('2026-05-11T09:00:00.000Z')).toMatchObject({ short: '1 Tag', ago: 'vor 1 Tag' });
  expect(told('2026-05-10T09:00:00.000Z')).toMatchObject({ short: '2 Tage', ago: 'vor 2 Tagen' });
  expect(told('2025-03-02T09:00:00.000Z').short).toBe('2. März 2025');
  expect(told('2025-03-02T09:00:00.000Z').exact).toBe('2. März 2025 um 09:00 UTC');
});
