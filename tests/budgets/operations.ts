import type { Phone } from '../story/client.ts';
import { type Neighbourhood, turns } from './neighbourhood.ts';

/** One operation whose cost is budgeted, as a client would send it. */
export interface BudgetedOperation {
  /** The field of Query, Mutation or Subscription, and what is particular about the case. */
  name: string;
  /** Sends it once; `turn` tells apart what must not be the same twice. */
  send(turn: number): Promise<unknown>;
}

const connection = (node: string) =>
  `{ edges { cursor node { ${node} } } pageInfo { hasNextPage endCursor } }`;
const person = 'id username displayName avatar { url }';
const post = `id text createdAt author { ${person} } media { url } reactions { emoji count } viewerReactions commentCount`;

export function budgetedOperations({
  ada,
  bob,
  admin,
  keeper,
  others,
  ids,
  newcomer,
}: Neighbourhood): BudgetedOperation[] {
  const query = (name: string, text: string, who: Phone = ada, variables?: object) => ({
    name: `Query.${name}`,
    send: () => who.ask(text, variables),
  });
  const mutation = (
    name: string,
    text: string,
    variables: (turn: number) => object | Promise<object>,
    who: Phone = ada,
  ) => ({
    name: `Mutation.${name}`,
    send: async (turn: number) => who.ask(text, await variables(turn)),
  });
  const onUser = (field: string) =>
    `mutation ($id: ID!) { ${field}(input: { userId: $id }) { user { id viewerRelationship { follow } } } }`;

  return [
    query('account', '{ account { id email role user { username } } }'),
    query('accountErasures', `{ accountErasures(first: 20) { edges { cursor } } }`, admin),
    query('accountStanding', `query ($id: ID!) { accountStanding(userId: $id) { role } }`, admin, {
      id: bob.id,
    }),
    query('auditLog', `{ auditLog(first: 20) { edges { cursor node { id } } } }`, admin),
    query('blockedUsers', `{ blockedUsers(first: 20) { edges { cursor } } }`),
    query('bookmarks', `{ bookmarks(first: 20) ${connection(post)} }`),
    query('comment', `query ($id: ID!) { comment(id: $id) { id text author { ${person} } } }`, ada, {
      id: ids.comment,
    }),
    query(
      'conversation',
      `query ($id: ID!) { conversation(id: $id) { id unreadCount members { edges { node { user { ${person} } } } }
       messages(last: 20) ${connection(`id seq text createdAt sender { ${person} }`)} } }`,
      ada,
      { id: ids.group },
    ),
    query(
      'conversations',
      `{ conversations(first: 20) ${connection('id kind title unreadCount lastMessage { id text }')} }`,
    ),
    query('dataExport', '{ dataExport { id status } }'),
    query('homeTimeline', `{ homeTimeline(first: 20) ${connection(post)} }`),
    query('followRequests', `{ followRequests(first: 20) ${connection(person)} }`, keeper),
    query('hashtagTimeline', `{ hashtagTimeline(tag: "post", first: 20) ${connection(post)} }`),
    query('searchPosts', `{ searchPosts(query: "post -comment", first: 20) ${connection(post)} }`),
    query('searchUsers', `{ searchUsers(query: "othr", first: 20) ${connection(person)} }`),
    query('mutedUsers', `{ mutedUsers(first: 20) ${connection(person)} }`),
    query('media', `query ($id: ID!) { media(id: $id) { id status } }`, ada, { id: ids.picture }),
    query('mediaLimits', '{ mediaLimits { maxImageBytes } }'),
    query('node', `query ($id: ID!) { node(id: $id) { id ... on Post { text } } }`, ada, { id: ids.post }),
    query(
      'nodes',
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Post { text } ... on User { username } } }`,
      ada,
      {
        ids: [ids.post, bob.id, ada.id],
      },
    ),
    query(
      'notifications',
      `{ notifications(first: 20) { ${'edges { cursor node { id type createdAt actors { id username } } }'} unreadCount } }`,
    ),
    query('notificationPreferences', '{ notificationPreferences { type from } }'),
    query(
      'notifications, of three types',
      `{ notifications(first: 20, types: [FOLLOW, COMMENT, REACTION]) { ${'edges { cursor node { id type createdAt actors { id username } } }'} unreadCount } }`,
    ),
    query(
      'post, with 20 comments',
      `query ($id: ID!) { post(id: $id) { ${post} comments(first: 20) ${connection(`id text author { ${person} }`)} } }`,
      ada,
      { id: ids.post },
    ),
    query('publicTimeline', `{ publicTimeline(first: 20) ${connection(post)} }`),
    query(
      'user, with 20 posts',
      `query ($username: String!) { user(username: $username) { ${person} bio followerCount
       viewerRelationship { follow followedBy blocking bell } posts(first: 20) ${connection(post)} } }`,
      ada,
      { username: bob.username },
    ),
    query('viewer', '{ viewer { id username } }'),

    mutation(
      'createPost',
      'mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }',
      (turn) => ({ text: `A post ${turn}` }),
    ),
    mutation(
      'createPost, naming two people',
      'mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }',
      (turn) => ({ text: `A post ${turn} for @${bob.username} and @${admin.username}` }),
    ),
    mutation(
      'updatePost',
      'mutation ($id: ID!, $text: String!) { updatePost(input: { postId: $id, text: $text }) { post { id } } }',
      (turn) => ({ id: ids.ownPost, text: `A new text ${turn}` }),
    ),
    mutation(
      'deletePost',
      'mutation ($id: ID!) { deletePost(input: { postId: $id }) { deletedId } }',
      (turn) => ({ id: ids[`spare${turn}`] }),
    ),
    mutation(
      'reactToPost',
      'mutation ($id: ID!, $emoji: String!) { reactToPost(input: { postId: $id, emoji: $emoji }) { post { id } } }',
      (turn) => ({ id: ids[`bobs${turn}`], emoji: '🍊' }),
    ),
    mutation(
      'removePostReaction',
      'mutation ($id: ID!, $emoji: String!) { removePostReaction(input: { postId: $id, emoji: $emoji }) { post { id } } }',
      (turn) => ({ id: ids[`bobs${turn}`], emoji: '🍊' }),
    ),
    mutation(
      'bookmarkPost',
      'mutation ($id: ID!) { bookmarkPost(input: { postId: $id }) { post { id viewerHasBookmarked } } }',
      (turn) => ({ id: ids[`bobs${turn}`] }),
    ),
    mutation(
      'removeBookmark',
      'mutation ($id: ID!) { removeBookmark(input: { postId: $id }) { post { id viewerHasBookmarked } } }',
      (turn) => ({ id: ids[`bobs${turn}`] }),
    ),
    mutation(
      'repost',
      'mutation ($id: ID!) { repost(input: { postId: $id }) { post { id repostCount viewerHasReposted } } }',
      (turn) => ({ id: ids[`bobs${turn}`] }),
    ),
    mutation(
      'undoRepost',
      'mutation ($id: ID!) { undoRepost(input: { postId: $id }) { post { id repostCount viewerHasReposted } } }',
      (turn) => ({ id: ids[`bobs${turn}`] }),
    ),
    mutation(
      'createComment',
      'mutation ($id: ID!, $text: String!) { createComment(input: { postId: $id, text: $text }) { comment { id } } }',
      (turn) => ({ id: ids.post, text: `A comment ${turn}` }),
    ),
    mutation(
      'updateComment',
      'mutation ($id: ID!, $text: String!) { updateComment(input: { commentId: $id, text: $text }) { comment { id } } }',
      (turn) => ({ id: ids.ownComment, text: `A new comment ${turn}` }),
    ),
    mutation(
      'deleteComment',
      'mutation ($id: ID!) { deleteComment(input: { commentId: $id }) { deletedId } }',
      (turn) => ({ id: ids[`spareComment${turn}`] }),
    ),
    mutation(
      'reactToComment',
      'mutation ($id: ID!) { reactToComment(input: { commentId: $id, emoji: "🍊" }) { comment { id reactions { emoji count } } } }',
      (turn) => ({ id: ids[`bobsComment${turn}`] }),
    ),
    mutation(
      'removeCommentReaction',
      'mutation ($id: ID!) { removeCommentReaction(input: { commentId: $id, emoji: "🍊" }) { comment { id reactions { emoji count } } } }',
      (turn) => ({ id: ids[`bobsComment${turn}`] }),
    ),
    mutation(
      'startConversation, with one',
      'mutation ($id: ID!) { startConversation(input: { memberIds: [$id] }) { conversation { id } } }',
      async () => ({ id: (await newcomer()).id }),
    ),
    mutation(
      'sendMessage, to one',
      'mutation ($id: ID!, $text: String!) { sendMessage(input: { conversationId: $id, text: $text }) { message { id seq } } }',
      (turn) => ({ id: ids.direct, text: `A message ${turn}` }),
    ),
    mutation(
      'sendMessage, to a group of 13',
      'mutation ($id: ID!, $text: String!) { sendMessage(input: { conversationId: $id, text: $text }) { message { id seq } } }',
      (turn) => ({ id: ids.group, text: `A message ${turn}` }),
    ),
    mutation(
      'editMessage, in a group of 13',
      'mutation ($id: ID!, $text: String!) { editMessage(input: { messageId: $id, text: $text }) { message { id text } } }',
      (turn) => ({ id: ids.said0, text: `Another text ${turn}` }),
    ),
    mutation(
      'deleteMessage, in a group of 13',
      'mutation ($id: ID!) { deleteMessage(input: { messageId: $id }) { deletedId } }',
      (turn) => ({ id: ids[`said${turn}`] }),
    ),
    mutation(
      'reactToMessage, in a group of 13',
      'mutation ($id: ID!) { reactToMessage(input: { messageId: $id, emoji: "👍" }) { message { reactions { emoji count } viewerReactions } } }',
      (turn) => ({ id: ids[`said${turn + 10}`] }),
    ),
    mutation(
      'removeMessageReaction, in a group of 13',
      'mutation ($id: ID!) { removeMessageReaction(input: { messageId: $id, emoji: "👍" }) { message { reactions { emoji count } } } }',
      (turn) => ({ id: ids[`said${turn + 10}`] }),
    ),
    mutation(
      'updateConversation, of 13',
      'mutation ($id: ID!, $title: String!) { updateConversation(input: { conversationId: $id, title: $title }) { conversation { title } } }',
      (turn) => ({ id: ids.crew, title: `Title ${turn}` }),
    ),
    mutation(
      'addConversationMembers, one to 13',
      'mutation ($id: ID!, $ids: [ID!]!) { addConversationMembers(input: { conversationId: $id, memberIds: $ids }) { conversation { id } } }',
      (turn) => ({ id: ids[`crew${turn}`], ids: [ids[`followed${turn}`]] }),
    ),
    mutation(
      'setConversationAdmin, in a group of 13',
      'mutation ($id: ID!, $user: ID!) { setConversationAdmin(input: { conversationId: $id, userId: $user, isAdmin: true }) { conversation { id } } }',
      (turn) => ({ id: ids.crew, user: others[turn]?.id }),
    ),
    mutation(
      'removeConversationMember, from 14',
      'mutation ($id: ID!, $user: ID!) { removeConversationMember(input: { conversationId: $id, userId: $user }) { conversation { id } } }',
      (turn) => ({ id: ids[`crew${turn}`], user: ids[`followed${turn}`] }),
    ),
    mutation(
      'leaveConversation, the admin of 13',
      'mutation ($id: ID!) { leaveConversation(input: { conversationId: $id }) { leftId } }',
      (turn) => ({ id: ids[`crew${turn}`] }),
    ),
    mutation(
      'markConversationRead',
      'mutation ($id: ID!, $seq: Int!) { markConversationRead(input: { conversationId: $id, upToSeq: $seq }) { conversation { unreadCount } } }',
      (turn) => ({ id: ids.unread, seq: turn + 1 }),
    ),
    mutation(
      'updateNotificationPreferences',
      'mutation ($input: UpdateNotificationPreferencesInput!) { updateNotificationPreferences(input: $input) { unreadCount preferences { type from } } }',
      (turn) => ({
        input: {
          preferences: [
            { type: 'QUOTE', from: turn % 2 ? 'NOBODY' : 'EVERYONE' },
            { type: 'REPLY', from: turn % 2 ? 'FOLLOWING' : 'EVERYONE' },
          ],
        },
      }),
    ),
    mutation(
      'markNotificationRead',
      'mutation ($id: ID!) { markNotificationRead(input: { id: $id }) { unreadCount } }',
      (turn) => ({ id: ids[`notification${turn}`] }),
    ),
    mutation(
      'setTyping, in a group of 13',
      'mutation ($id: ID!) { setTyping(input: { conversationId: $id }) { conversation { id } } }',
      () => ({ id: ids.group }),
    ),
    mutation('followUser', onUser('followUser'), async () => ({ id: (await newcomer()).id })),
    mutation('ringBell', onUser('ringBell'), (turn) => ({ id: ids[`followed${turn}`] })),
    mutation('silenceBell', onUser('silenceBell'), (turn) => ({ id: ids[`followed${turn}`] })),
    mutation('unfollowUser', onUser('unfollowUser'), (turn) => ({ id: ids[`followed${turn}`] })),
    mutation(
      'acceptFollowRequest',
      onUser('acceptFollowRequest'),
      (turn) => ({ id: others[turn]?.id }),
      keeper,
    ),
    mutation('removeFollower', onUser('removeFollower'), (turn) => ({ id: others[turn]?.id }), keeper),
    mutation(
      'rejectFollowRequest',
      onUser('rejectFollowRequest'),
      (turn) => ({ id: others[turns + turn]?.id }),
      keeper,
    ),
    mutation('blockUser', onUser('blockUser'), async () => ({ id: (await newcomer()).id })),
    mutation('unblockUser', onUser('unblockUser'), (turn) => ({ id: ids[`blocked${turn}`] })),
    mutation('muteUser', onUser('muteUser'), (turn) => ({ id: others[turn]?.id })),
    mutation('unmuteUser', onUser('unmuteUser'), (turn) => ({ id: others[turns + turn]?.id })),
    mutation(
      'updateProfile',
      'mutation ($bio: String!) { updateProfile(input: { bio: $bio }) { user { id bio } } }',
      (turn) => ({ bio: `I am ${turn}` }),
    ),
    mutation(
      'createUpload',
      `mutation { createUpload(input: { mimeType: "image/png", byteSize: 1000 }) { media { id } } }`,
      () => ({}),
    ),
    mutation(
      'setAltText',
      'mutation ($id: ID!, $text: String!) { setAltText(input: { mediaId: $id, altText: $text }) { media { altText } } }',
      (turn) => ({ id: ids.picture, text: `A picture ${turn}` }),
    ),
    mutation(
      'deleteMedia, of a picture',
      'mutation ($id: ID!) { deleteMedia(input: { mediaId: $id }) { deletedId } }',
      (turn) => ({ id: ids[`picture${turn}`] }),
    ),
    mutation(
      'refreshTokens',
      'mutation ($token: String!) { refreshTokens(input: { refreshToken: $token }) { tokens { refreshToken } } }',
      async () => ({ token: (await newcomer()).refreshToken }),
    ),
  ];
}
