import type { Graph } from '../../graph/client.ts';
import {
  counts,
  keptConversation,
  keptList,
  list,
  opened,
  prepare,
  putFirstPage,
  putNextPage,
  putOpened,
} from './chat-cache.ts';
import { followChat, heard, readList, readOpened, watched } from './follow-chat.ts';
import {
  ConversationsDocument,
  EarlierMessagesDocument,
  MarkConversationReadDocument,
} from './generated/documents.ts';
import type { ConversationPage } from './merge-conversations.ts';
import type { OpenConversation } from './merge-messages.ts';
import { CONVERSATIONS, MESSAGES } from './page-size.ts';

export { tellTyping, watchTyping } from './live-typing.ts';

/*
 * What is live of messages, over the browser's one cache. Loaded with the graph, after the page is shown. The count of every page
 * follows the stream; the pages of messages watch the list and the conversation that is open.
 */

/** Gives how many conversations have something unread, and follows what happens, for all pages. */
export function followUnread(graph: Graph, show: (unread: number) => void): () => void {
  const { client } = graph;
  prepare(client);
  const stop = followChat(graph);
  const subscription = client
    .watchQuery({ ...counts, fetchPolicy: 'cache-only' })
    .subscribe(({ data, dataState }) => {
      if (dataState !== 'complete' || !data.conversations) return;
      show(data.conversations.edges.filter(({ node }) => node.unreadCount > 0).length);
    });
  return () => {
    stop();
    subscription.unsubscribe();
  };
}

/** Gives the list, from the page on that the server rendered. */
export const watchConversations =
  (first: ConversationPage) =>
  ({ client }: Graph, show: (page: ConversationPage) => void): (() => void) => {
    prepare(client);
    watched.lists += 1;
    const isKept = keptList(client) !== null;
    putFirstPage(client, first);
    if (!isKept && heard.sincePage()) readList(client);
    const subscription = client
      .watchQuery({ ...list, fetchPolicy: 'cache-only' })
      .subscribe(({ data, dataState }) => {
        if (dataState === 'complete' && data.conversations) show(data.conversations);
      });
    return () => {
      watched.lists -= 1;
      subscription.unsubscribe();
    };
  };

/** Gives a conversation, from the page on that the server rendered; null from the moment on in which the viewer is in it no more. */
export const watchConversation =
  (first: OpenConversation) =>
  ({ client }: Graph, show: (conversation: OpenConversation | null) => void): (() => void) => {
    prepare(client);
    const { id } = first;
    watched.conversations.set(id, (watched.conversations.get(id) ?? 0) + 1);
    const isKept = keptConversation(client, id) !== null;
    putOpened(client, first, false);
    if (!isKept && heard.sincePage()) readOpened(client, id);
    const subscription = client
      .watchQuery({ ...opened(id), fetchPolicy: 'cache-only' })
      .subscribe(({ data, dataState }) => {
        if (dataState === 'complete') show(data.conversation);
      });
    return () => {
      const left = (watched.conversations.get(id) ?? 1) - 1;
      if (left > 0) watched.conversations.set(id, left);
      else watched.conversations.delete(id);
      subscription.unsubscribe();
    };
  };

/** Reads the page behind what is shown into the list. Throws what reading throws. */
export async function loadConversations({ client }: Graph, shown: ConversationPage): Promise<void> {
  prepare(client);
  const after = shown.pageInfo.endCursor;
  const { data } = await client.query({
    query: ConversationsDocument,
    variables: { first: CONVERSATIONS, after },
    fetchPolicy: 'no-cache',
  });
  if (data?.conversations) putNextPage(client, shown, data.conversations);
}

/** Reads earlier messages into the conversation, where they join the run. Throws what reading throws. */
export async function loadEarlier({ client }: Graph, id: string, before: string): Promise<void> {
  prepare(client);
  await client.query({
    query: EarlierMessagesDocument,
    variables: { id, last: MESSAGES, before },
    fetchPolicy: 'network-only',
  });
}

/** Tells that the viewer has read up to a message. Throws what a change throws. */
export async function markRead({ client }: Graph, conversationId: string, upToSeq: number): Promise<void> {
  const variables = { conversationId, upToSeq };
  await client.mutate({ mutation: MarkConversationReadDocument, variables });
}
