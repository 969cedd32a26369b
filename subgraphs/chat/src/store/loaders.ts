import { batchLoader, groupLoader } from '@socialhub/platform/database/loaders';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Reader } from './client.ts';
import { listConversationsOf } from './conversations.ts';
import { listMembers } from './members.ts';
import {
  listLastMessages,
  listMessageRanges,
  listMessages,
  type MessageRange,
  type MessageRow,
} from './messages.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/**
 * The look-ups of one request, each one query however many ask. `conversation` finds the viewer's own alone; the
 * others answer for a conversation that was found so.
 */
export function createLoaders(reader: Reader, viewer: Viewer | null) {
  const ranges = new Map<string, ReturnType<typeof groupLoader<MessageRow>>>();
  return {
    conversation: batchLoader(
      async (ids) => (viewer ? listConversationsOf(reader, viewer.userId, ids) : []),
      (conversation) => conversation.id,
    ),
    members: groupLoader(
      (ids) => listMembers(reader, ids),
      (member) => member.conversationId,
    ),
    message: batchLoader(
      (ids) => listMessages(reader, ids),
      (message) => message.id,
    ),
    lastMessage: batchLoader(
      (conversationIds) => listLastMessages(reader, conversationIds),
      (message) => message.conversationId,
    ),
    /** The same stretch of many conversations: one query for each stretch that is asked for. */
    messages(conversationId: string, range: MessageRange): Promise<MessageRow[]> {
      const key = JSON.stringify(range);
      let loader = ranges.get(key);
      if (!loader) {
        loader = groupLoader(
          (ids) => listMessageRanges(reader, ids, range),
          (message) => message.conversationId,
        );
        ranges.set(key, loader);
      }
      return loader.load(conversationId);
    },
  };
}
