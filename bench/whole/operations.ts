import type { Person } from './people.ts';

/** The texts that the load sends, each as the web or a client of the same features would. */
export const texts = {
  typename: '{ __typename }',
  viewer: '{ viewer { id username } }',
  home: `{ homeTimeline(first: 20) { edges { cursor node { id text createdAt author { id username displayName }
    reactions { emoji count } viewerReactions commentCount } } pageInfo { hasNextPage endCursor } } }`,
  comment:
    'mutation ($id: ID!, $text: String!) { createComment(input: { postId: $id, text: $text }) { comment { id } } }',
  post: 'mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }',
  message:
    'mutation ($id: ID!, $text: String!) { sendMessage(input: { conversationId: $id, text: $text }) { message { id seq } } }',
  start:
    'mutation ($ids: [ID!]!, $title: String) { startConversation(input: { memberIds: $ids, title: $title }) { conversation { id } } }',
  follow: 'mutation ($id: ID!) { followUser(input: { userId: $id }) { user { id } } }',
} as const;

/** What a listener has on its screen. */
export const streams = {
  chat: 'subscription { chatEvents { cursor kind message { id seq text createdAt sender { id username displayName } } } }',
  notifications:
    'subscription { notificationReceived { cursor unreadCount notification { id type createdAt } } }',
  home: 'subscription { homeTimelineEvents { cursor post { id text createdAt author { id username displayName } } } }',
} as const;

export async function startGroup(owner: Person, members: readonly Person[]): Promise<string> {
  const { startConversation } = (await owner.ask(texts.start, {
    ids: members.map(({ id }) => id),
    title: members.length > 1 ? 'A group' : null,
  })) as unknown as { startConversation: { conversation: { id: string } } };
  return startConversation.conversation.id;
}
