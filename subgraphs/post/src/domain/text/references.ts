import { tokensOf } from '@socialhub/platform/text/tokens';

const maxHashtags = 30;
const maxMentions = 50;

/** What a text refers to: each once, in order, so many at most. */
export interface References {
  /** The keys of its hashtags. */
  hashtags: string[];
  /** The usernames that it names, in lower case. */
  usernames: string[];
}

/** Reads a text once for all that it refers to. */
export function referencesIn(text: string): References {
  const tokens = tokensOf(text);
  const hashtags = new Set(tokens.flatMap((token) => (token.kind === 'hashtag' ? token.tag : [])));
  const usernames = new Set(tokens.flatMap((token) => (token.kind === 'mention' ? token.username : [])));
  return { hashtags: [...hashtags].slice(0, maxHashtags), usernames: [...usernames].slice(0, maxMentions) };
}
