import type { ConversationMemberResolvers } from '../generated/resolvers.ts';

export const ConversationMember: ConversationMemberResolvers = {
  user: ({ userId }) => ({ id: userId }),
};
