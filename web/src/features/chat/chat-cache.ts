import type { ApolloClient, Reference } from '@apollo/client';
import {
  ConversationDocument,
  ConversationMembersDocument,
  type ConversationRowFragment,
  ConversationsDocument,
  type MessageRowFragment,
  UnreadConversationsDocument,
} from './generated/documents.ts';
import {
  appendConversations,
  type ConversationPage,
  dropConversation,
  mergeConversations,
  placeConversation,
} from './merge-conversations.ts';
import {
  insertBySeq,
  type MessagePage,
  mergeRuns,
  type OpenConversation,
  touches,
} from './merge-messages.ts';
import { CONVERSATIONS, MESSAGES } from './page-size.ts';

/*
 * What is here of the viewer's conversations, in the browser's one cache: the list, joined, and of each conversation that was opened a run
 * of its newest messages. Every page has the list's counts alone.
 */

export const list = {
  query: ConversationsDocument,
  variables: { first: CONVERSATIONS, after: null },
} as const;
export const counts = { query: UnreadConversationsDocument } as const;
export const opened = (id: string) =>
  ({ query: ConversationDocument, variables: { id, last: MESSAGES, before: null } }) as const;

type StoredEdge = { node: Reference };
type StoredRun = Omit<MessagePage, 'edges'> & { edges: readonly StoredEdge[] };

const prepared = new WeakSet<ApolloClient>();

/** Has the cache join what is read of a list or a conversation, whatever page it is. */
export function prepare(client: ApolloClient): void {
  if (prepared.has(client)) return;
  prepared.add(client);
  (client.cache as import('@apollo/client').InMemoryCache).policies.addTypePolicies({
    Query: { fields: { conversations: { keyArgs: false, merge: false } } },
    Conversation: {
      fields: {
        messages: {
          keyArgs: false,
          merge: (before: StoredRun | undefined, read: StoredRun, { readField }) =>
            mergeRuns<StoredEdge, StoredRun>(
              before,
              read,
              (edge) => readField<number>('seq', edge.node) ?? 0,
            ),
        },
      },
    },
  });
}

export const keptList = (client: ApolloClient) => client.readQuery(list)?.conversations ?? null;

export const keptConversation = (client: ApolloClient, id: string) =>
  client.readQuery(opened(id))?.conversation ?? null;

const writeList = (client: ApolloClient, conversations: ConversationPage) =>
  client.writeQuery({ ...list, data: { conversations } });

/** Puts a first page into the list. */
export const putFirstPage = (client: ApolloClient, read: ConversationPage) =>
  writeList(client, mergeConversations(keptList(client), read));

/** Puts a page behind the list, or behind what is shown where the list is not here yet. */
export const putNextPage = (client: ApolloClient, shown: ConversationPage, read: ConversationPage) =>
  writeList(client, appendConversations(keptList(client) ?? shown, read));

/** Puts a conversation that has changed in its place, in the list or among the counts. */
export function putConversation(
  client: ApolloClient,
  row: ConversationRowFragment,
  isNewcomer: boolean,
): void {
  const edge = { __typename: 'ConversationEdge', cursor: '', node: row } as const;
  const before = keptList(client);
  if (before) return void writeList(client, placeConversation(before, edge, isNewcomer));
  const counted = client.readQuery(counts)?.conversations;
  if (!counted || counted.edges.some(({ node }) => node.id === row.id)) return;
  const { __typename, id, unreadCount } = row;
  const counting = { ...edge, node: { __typename, id, unreadCount } };
  client.writeQuery({
    ...counts,
    data: { conversations: { ...counted, edges: [counting, ...counted.edges] } },
  });
}

/** Takes a conversation away in which the viewer is no more. */
export function removeConversation(client: ApolloClient, id: string): void {
  const before = keptList(client);
  if (before) writeList(client, dropConversation(before, id));
  else {
    const counted = client.readQuery(counts)?.conversations;
    const edges = counted?.edges.filter(({ node }) => node.id !== id);
    if (counted && edges) client.writeQuery({ ...counts, data: { conversations: { ...counted, edges } } });
  }
  if (keptConversation(client, id)) client.writeQuery({ ...opened(id), data: { conversation: null } });
}

/** Puts a message into the run of its conversation, where that is here; the message is in the cache. */
export function putMessage(client: ApolloClient, conversationId: string, { id }: MessageRowFragment): void {
  client.cache.modify<{ messages: StoredRun }>({
    id: `Conversation:${conversationId}`,
    fields: {
      messages(before, { readField, toReference }) {
        const node = toReference({ __typename: 'Message', id });
        if (!node || !('edges' in before)) return before;
        const edge = { __typename: 'MessageEdge', node };
        const seqOf = (one: StoredEdge) => readField<number>('seq', one.node) ?? 0;
        return { ...before, edges: insertBySeq<StoredEdge>(before.edges, edge, seqOf) };
      },
    },
  });
}

/** Whether all members are in the row, so that they need not be asked for. */
export function putMembersOf(client: ApolloClient, { id, members }: ConversationRowFragment): boolean {
  if (members.totalCount > members.edges.length) return false;
  const conversation = { __typename: 'Conversation', id, everybody: members } as const;
  client.writeQuery({ query: ConversationMembersDocument, variables: { id }, data: { conversation } });
  return true;
}

/**
 * Puts a conversation that was read now, or a while ago by the server, to what is here of it. What is here was kept true by the stream
 * and stays, unless `isNewer`; where the two do not touch the rest was missed.
 */
export function putOpened(client: ApolloClient, read: OpenConversation, isNewer: boolean): void {
  const kept = keptConversation(client, read.id);
  if (kept && !touches(kept.messages, read.messages)) forgetRun(client, read.id);
  const had = new Map(kept?.messages.edges.map((edge) => [edge.node.id, edge]));
  const conversation =
    kept && !isNewer
      ? {
          ...kept,
          messages: {
            ...read.messages,
            edges: read.messages.edges.map((edge) => had.get(edge.node.id) ?? edge),
          },
        }
      : read;
  client.writeQuery({ ...opened(read.id), data: { conversation } });
}

function forgetRun(client: ApolloClient, id: string): void {
  client.cache.evict({ id: `Conversation:${id}`, fieldName: 'messages' });
}
