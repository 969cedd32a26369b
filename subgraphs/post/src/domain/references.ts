const maxHashtags = 30;
const maxHashtagLength = 100;
const maxMentions = 50;

// Letters, marks, digits and _ of any script, at least one of them no digit. What stands before the sign keeps out
// the middle of words, addresses and the fragments of URLs.
const hashtag = /(?<![\p{L}\p{M}\p{N}_/&#@])[##](?=[\p{N}_]*[\p{L}\p{M}])([\p{L}\p{M}\p{N}_]+)/gu;
const mention = /(?<![\p{L}\p{M}\p{N}_/@.])@([a-z0-9_]+)(?![\p{L}\p{M}\p{N}_@])/giu;

/** The hashtags of a text without their sign: lower case, each once, in order, thirty at most. */
export function hashtagsIn(text: string): string[] {
  return distinctMatches(text, hashtag, maxHashtags).filter((tag) => tag.length <= maxHashtagLength);
}

/** The usernames that a text names with @: lower case, each once, in order, fifty at most. */
export function usernamesIn(text: string): string[] {
  return distinctMatches(text, mention, maxMentions);
}

function distinctMatches(text: string, pattern: RegExp, max: number): string[] {
  const found = new Set<string>();
  for (const [, match = ''] of text.matchAll(pattern)) {
    found.add(match.normalize('NFC').toLowerCase());
    if (found.size === max) break;
  }
  return [...found];
}
