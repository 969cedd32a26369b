import { mergeChanged, mergeFirstPage } from '../../graph/merge-pages.ts';
import type { ConversationsQuery } from './generated/documents.ts';

/** A beginning of the list: what of it is here. */
export type ConversationPage = NonNullable<ConversationsQuery['conversations']>;
type Edge = ConversationPage['edges'][number];

/** When something was written there last, or it was started. */
const activityOf = ({ lastMessage, createdAt }: Edge['node']) => lastMessage?.createdAt ?? createdAt;

/** Puts a first page into what is here of the list. */
export const mergeConversations = (
  before: ConversationPage | null,
  read: ConversationPage,
): ConversationPage => mergeFirstPage(before, read, activityOf);

/** Puts a conversation that is new or has changed in its place; one that the viewer was just taken into is first. */
export function placeConversation(
  before: ConversationPage,
  edge: Edge,
  isNewcomer: boolean,
): ConversationPage {
  const isThere = before.edges.some(({ node }) => node.id === edge.node.id);
  return isNewcomer && !isThere
    ? { ...before, edges: [edge, ...before.edges] }
    : mergeChanged(before, edge, activityOf);
}

/** Puts a page behind what is here. */
export function appendConversations(before: ConversationPage, read: ConversationPage): ConversationPage {
  const ids = new Set(before.edges.map(({ node }) => node.id));
  const more = read.edges.filter(({ node }) => !ids.has(node.id));
  return { ...before, edges: [...before.edges, ...more], pageInfo: read.pageInfo };
}

/** Takes one out that the viewer is in no more. */
export const dropConversation = (before: ConversationPage, id: string): ConversationPage => ({
  ...before,
  edges: before.edges.filter(({ node }) => node.id !== id),
});
