import type { TypingEventResolvers } from '../generated/resolvers.ts';

export const TypingEvent: TypingEventResolvers = {
  user: ({ userId }) => ({ id: userId }),
};
