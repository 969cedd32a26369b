import type { ApolloClient } from '@apollo/client';
import type { Graph } from '../../graph/client.ts';
import { followStream } from '../../graph/follow-stream.ts';
import { lastHeard } from '../../graph/last-heard.ts';
import {
  counts,
  keptConversation,
  list,
  opened,
  putConversation,
  putFirstPage,
  putMembersOf,
  putMessage,
  putOpened,
  removeConversation,
} from './chat-cache.ts';
import {
  ChatEventsDocument,
  type ChatEventsSubscription,
  ConversationMembersDocument,
} from './generated/documents.ts';

type Event = NonNullable<ChatEventsSubscription['chatEvents']>;

/** What the pages of this tab watch. */
export const watched = { lists: 0, conversations: new Map<string, number>() };

/** When something happened that what is not watched yet knows nothing of. */
export const heard = lastHeard();

const membersAgainMs = 500;
const overSocket = { fetchPolicy: 'no-cache', context: { overSocket: true } } as const;
const aboutMembers = new Set(['READ', 'MEMBER_JOINED', 'MEMBER_LEFT', 'CONVERSATION_CHANGED']);

/** Follows what happens in the viewer's conversations, into the cache, until it is called. */
export function followChat(graph: Graph): () => void {
  const { client } = graph;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function take({ kind, conversationId, conversation, message }: Event): void {
    heard.tell();
    // What is missing may have been in any of them.
    if (kind === 'GAP') catchUp();
    if (!conversation) {
      removeConversation(client, conversationId);
      return;
    }
    putConversation(client, conversation, kind === 'MEMBER_JOINED');
    if (message) putMessage(client, conversationId, message);
    const isOpen = watched.conversations.has(conversationId);
    if (aboutMembers.has(kind) && !putMembersOf(client, conversation) && isOpen) readMembers(conversationId);
  }

  /** Of large groups, of which many read at once. */
  function readMembers(id: string): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const variables = { id };
      client
        .query({ query: ConversationMembersDocument, variables, fetchPolicy: 'network-only' })
        .catch(nothing);
    }, membersAgainMs);
  }

  function catchUp(): void {
    heard.tell();
    if (watched.lists > 0) readList(client);
    else
      client.query({ ...counts, ...overSocket }).then(({ data }) => {
        if (data) client.writeQuery({ ...counts, data });
      }, nothing);
    for (const id of watched.conversations.keys()) readOpened(client, id);
  }

  const stop = followStream(graph, {
    document: ChatEventsDocument,
    eventOf: (data) => data.chatEvents,
    take,
    catchUp,
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Reads the beginning of the list into the cache. */
export function readList(client: ApolloClient): void {
  client.query({ ...list, ...overSocket }).then(({ data }) => {
    if (data?.conversations) putFirstPage(client, data.conversations);
  }, nothing);
}

/** Reads a conversation that is open into the cache. */
export function readOpened(client: ApolloClient, id: string): void {
  client.query({ ...opened(id), ...overSocket }).then(({ data }) => {
    if (data?.conversation) putOpened(client, data.conversation, true);
    else if (data && keptConversation(client, id)) removeConversation(client, id);
  }, nothing);
}

/** What the next event or connection tells anyhow. */
const nothing = () => undefined;
