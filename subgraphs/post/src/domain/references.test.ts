import { describe, expect, test } from 'vitest';
import { hashtagsIn, usernamesIn } from './references.ts';

describe('hashtags', () => {
  test('are letters of any script, in lower case, each once, in order', () => {
    expect(hashtagsIn('#Sommer in #Zürich, #日本語 #naïve #SOMMER #हिन्दी')).toEqual([
      'sommer',
      'zürich',
      '日本語',
      'naïve',
      'हिन्दी',
    ]);
  });

  test('end where the word ends', () => {
    expect(hashtagsIn('(#one) #two, #three_3! #four-five')).toEqual(['one', 'two', 'three_3', 'four']);
  });

  test('are no numbers, no middle of a word and no fragment of a URL', () => {
    expect(
      hashtagsIn('#1 #2026 C#sharp https://example.org/#top https://example.org/a#b &#x27; ##x'),
    ).toEqual([]);
  });

  test('keep to thirty', () => {
    expect(hashtagsIn(Array.from({ length: 40 }, (_, n) => `#t${n}`).join(' '))).toHaveLength(30);
  });

  test('of more than a hundred letters are text', () => {
    expect(hashtagsIn(`#${'a'.repeat(101)} #b`)).toEqual(['b']);
  });
});

describe('mentions', () => {
  test('are usernames in lower case, each once, in order', () => {
    expect(usernamesIn('@Bob hi @ann_1, @BOB! (@cy)')).toEqual(['bob', 'ann_1', 'cy']);
  });

  test('are no addresses and no paths', () => {
    expect(usernamesIn('ann@example.org https://example.org/@ann @@ann @ann@example.org')).toEqual([]);
  });

  test('may be followed by the end of a sentence', () => {
    expect(usernamesIn('thanks @ann.')).toEqual(['ann']);
  });

  test('keep to fifty', () => {
    expect(usernamesIn(Array.from({ length: 60 }, (_, n) => `@u${n}`).join(' '))).toHaveLength(50);
  });
});
