import { batchLoader, groupLoader, viewerLoader } from '@socialhub/platform/database/loaders';
import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client, Reader } from './client.ts';
import { listConversations } from './conversations/conversations.ts';
import { listMembers } from './members/members.ts';
import {
  listLastMessages,
  listMessageRanges,
  listMessages,
  type MessageRange,
  type MessageRow,
} from './messages/messages.ts';

import { listReactionCounts, listViewerReactions } from './reactions/reactions.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/**
 * The look-ups of one request, and of all others at the same moment: each one query however many ask. `conversation` finds
 * the viewer's own alone; the others answer for a conversation that was found so.
 */
export const createLoaders = ({
  db,
  moment,
  viewer,
}: Pick<SubgraphContext<Client>, 'db' | 'moment' | 'viewer'>) => {
  const conversation = viewerLoader({ moment, viewer }, db.prisma, listConversations);
  const viewerReactions = viewerLoader({ moment, viewer }, db.prisma, listViewerReactions);
  const content = moment.share(contentLoaders, () => contentLoaders(db.prisma));
  return {
    conversation,
    viewerReactions,
    ...content,
    /** After a change: what was read before it is not true any more. */
    forget() {
      conversation.clearAll();
      viewerReactions.clearAll();
      content.forget();
    },
  };
};

function contentLoaders(reader: Reader) {
  const ranges = new Map<string, ReturnType<typeof groupLoader<MessageRow>>>();
  const loaders = {
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
    reactionCounts: groupLoader(
      (messageIds) => listReactionCounts(reader, messageIds),
      ({ messageId }) => messageId,
    ),
  };
  return {
    ...loaders,
    forget() {
      for (const loader of Object.values(loaders)) loader.clearAll();
      ranges.clear();
    },
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
