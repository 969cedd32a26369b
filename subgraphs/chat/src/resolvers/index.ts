import { DateTime } from '@socialhub/platform/subgraph/scalars';
import type { Resolvers } from '../generated/resolvers.ts';
import { ChatEvent } from './ChatEvent.ts';
import { Conversation } from './Conversation.ts';
import { ConversationMember } from './ConversationMember.ts';
import { Message } from './Message.ts';
import { Mutation } from './Mutation.ts';
import { Query } from './Query.ts';
import { Subscription } from './Subscription.ts';
import { TypingEvent } from './TypingEvent.ts';

export const resolvers: Resolvers = {
  DateTime,
  Query,
  Mutation,
  Subscription,
  Conversation,
  ConversationMember,
  Message,
  ChatEvent,
  TypingEvent,
};
