import { expect, test } from 'vitest';
import { referencesIn } from './references.ts';

test('a text refers to each tag and each person once, in order', () => {
  expect(referencesIn('#Two @Bob #one @ann_1 #TWO, @BOB! https://example.org/?by=@cy#three')).toEqual({
    hashtags: ['two', 'one'],
    usernames: ['bob', 'ann_1'],
  });
});

test('it refers to thirty tags and fifty people at most', () => {
  const text = Array.from({ length: 60 }, (_, n) => `#t${n} @u${n}`).join(' ');
  const { hashtags, usernames } = referencesIn(text);
  expect([hashtags.length, usernames.length]).toEqual([30, 50]);
  expect([hashtags[0], usernames[0]]).toEqual(['t0', 'u0']);
});
