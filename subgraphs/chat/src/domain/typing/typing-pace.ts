import { createTokenBuckets } from '@socialhub/platform/limits/rate-limit-buckets';

/** Well below the five seconds for which a signal holds. */
const oncePer = { perMinute: 30, holdsMs: 2_000 };
/** However many members write at once: nobody reads more names than these. */
const perConversation = { perMinute: 600, holdsMs: 1_000 };
/** Of each kind of bucket, some 100 bytes each; the ones that are full again are forgotten first. */
const maxKeys = 20_000;

/** How often it is told who writes, in one process: what comes too soon is left out. */
export interface TypingPace {
  admits(conversationId: string, userId: string, isTyping: boolean): boolean;
}

/** Every person may begin, and stop, in a conversation once in two seconds, and ten times a second all of its members together. */
export function createTypingPace(now?: () => number): TypingPace {
  const people = createTokenBuckets({ ...oncePer, maxKeys, ...(now && { now }) });
  const conversations = createTokenBuckets({ ...perConversation, maxKeys, ...(now && { now }) });
  return {
    admits: (conversationId, userId, isTyping) =>
      people.take(`${conversationId} ${userId} ${isTyping}`) === 0 &&
      conversations.take(conversationId) === 0,
  };
}
