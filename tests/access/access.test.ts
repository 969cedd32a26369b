import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartOptions } from '@socialhub/local/options';
import { type System, startSystem } from '@socialhub/local/system';
import type { NodeType } from '@socialhub/platform/global-ids/node-types';
import { type OperationResult, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessFaults, accessTable } from '../../infra/checks/access.ts';
import { readGraph } from '../../infra/checks/sdl-access.ts';
import type { Phone } from '../story/client.ts';
import { removeHomes, startOptions } from '../story/home.ts';
import { type Cast, castAt, loggedErrors, outcomeOf, type RoleName, roles } from './cast.ts';
import { type Asker, askers, everyFieldOf, nodeReaders, nodeTypeNames, somethingOfEach } from './nodes.ts';
import { type FieldOperation, operationsFor } from './operations.ts';
import { oneOfEach, possessions } from './possessions.ts';

const supergraph = await readFile(join(import.meta.dirname, '../../gateway/supergraph.graphql'), 'utf8');
const graph = readGraph(supergraph);

let options: StartOptions;
let system: System;
let cast: Cast;
/** The ids of what the owner has. */
let ids: Record<string, string>;
/** One of each type. */
let nodeIds: Record<NodeType, string>;

beforeAll(async () => {
  // Each field is an operation of its own, and more of them than one address may bring in a minute.
  options = await startOptions({
    operatorSettings: {
      gateway: { NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: '0', NEW_OPERATIONS_PER_MINUTE_PER_VIEWER: '0' },
    },
  });
  system = await startSystem(options);
  cast = await castAt(system.gatewayUrl, options);
  ids = await possessions(cast);
  nodeIds = await oneOfEach(cast, { ids, webPort: options.webPort });
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await removeHomes();
}, 60_000);

/** What a role's access token says of it. */
const scopesOf: Record<RoleName, readonly string[] | null> = {
  anonymous: null,
  member: [],
  follower: [],
  blocked: [],
  moderator: ['moderate'],
  admin: ['moderate', 'administer'],
  suspended: null,
};

/** What the directives on its way make of an operation. */
function expectedOf({ needs }: FieldOperation, role: RoleName): string {
  const scopes = scopesOf[role];
  // Whose session is over is told so, whatever they ask for.
  if (role === 'suspended') return 'UNAUTHENTICATED';
  if (scopes === null) return needs.length > 0 ? 'UNAUTHENTICATED' : 'admitted';
  const isMet = (alternatives: readonly (readonly string[])[]) =>
    alternatives.length === 0 || alternatives.some((all) => all.every((scope) => scopes.includes(scope)));
  return needs.every((need) => isMet(need.scopes)) ? 'admitted' : 'FORBIDDEN';
}

/**
 * What the gateway decides before anything runs is at no place in the answer. What it says of a subscription that it
 * would admit is that HTTP is not the way; anything else that is wrong with an operation is a fault of this test.
 */
function decisionOf({ root }: FieldOperation, { errors: [error] = [] }: OperationResult): string {
  const code = String(error?.extensions?.code);
  if (!error || (!error.path && code === 'BAD_USER_INPUT' && root.startsWith('Subscription.')))
    return 'admitted';
  return error.path && !['INTERNAL_SERVER_ERROR', 'UNAVAILABLE'].includes(code) ? 'admitted' : code;
}

describe('every field of the supergraph, for every role', () => {
  it('is annotated as the table says which is written by hand', () => {
    expect(accessFaults(graph, accessTable)).toEqual([]);
  });

  it('is reached by an operation', () => {
    const operations = operationsFor(graph, supergraph, {});
    const every = [...graph.types.values()].flatMap(({ fields }) =>
      fields.map(({ coordinate }) => coordinate),
    );
    expect(operations.map(({ coordinate }) => coordinate).sort()).toEqual(every.sort());
  });

  it.each(roles)('is admitted or refused as the schema says: %s', { timeout: 90_000 }, async (role) => {
    const operations = operationsFor(graph, supergraph, {
      'Query.user': `id: "${ids.user}"`,
      'Query.post': `id: "${ids.public}"`,
      'Query.comment': `id: "${ids.comment}"`,
      'Query.media': `id: "${ids.picture}"`,
    });
    const seen = new Map<string, string>();
    const ask = async (operation: FieldOperation, phone: Phone) =>
      seen.set(operation.coordinate, decisionOf(operation, await phone.send(operation.text)));

    // What needs no arguments does what it says: end a session, or all of them. Somebody else bears it.
    for (const operation of operations.filter(({ isUnconditional }) => isUnconditional)) {
      await ask(operation, await cast.standIn(role));
    }
    const rest = operations.filter(({ isUnconditional }) => !isUnconditional);
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let next = rest.pop(); next; next = rest.pop()) await ask(next, cast.phones[role]);
      }),
    );

    const byCoordinate = (entries: Iterable<readonly [string, string]>) =>
      Object.fromEntries([...entries].sort());
    expect(byCoordinate(seen)).toEqual(
      byCoordinate(
        [...operations].map((operation) => [operation.coordinate, expectedOf(operation, role)] as const),
      ),
    );
  });

  it.each(roles)('is admitted or refused over a WebSocket as the schema says: %s', async (role) => {
    const operations = operationsFor(graph, supergraph, {}).filter(({ root }) =>
      root.startsWith('Subscription.'),
    );
    const answers = await cast.askOverSocket(
      role,
      operations.map(({ text }) => text),
    );
    const seen = operations.map((operation, at) => [
      operation.coordinate,
      decisionOf(operation, answers[at] ?? {}),
    ]);
    expect(seen).toEqual(operations.map((operation) => [operation.coordinate, expectedOf(operation, role)]));
    expect(seen.length).toBeGreaterThan(10);
  });
});

const viewers = ['owner', 'follower', 'member', 'blocked', 'anonymous', 'moderator', 'admin'] as const;
const codes: Record<string, string> = {
  '+': 'ok',
  '0': 'null',
  n: 'NOT_FOUND',
  u: 'UNAUTHENTICATED',
  f: 'FORBIDDEN',
  b: 'BAD_USER_INPUT',
};

/** An operation with $ids, and its outcome for each of the viewers in their order. */
type Row = readonly [what: string, operation: string, outcomes: string];

const reads: Row[] = [
  ['the person', '{ user(id: "$user") { username } }', '+++0+++'],
  ['a public post', '{ post(id: "$public") { text } }', '+++0+++'],
  ['a post for followers', '{ post(id: "$followers") { text } }', '++00000'],
  ['a post for those whom it names', '{ post(id: "$mentioned") { text } }', '+000000'],
  ['a post that moderators removed', '{ post(id: "$removed") { text removal { reason } } }', '+0000++'],
  ['a comment under a public post', '{ comment(id: "$comment") { text } }', '+++0+++'],
  ['a comment under a post for followers', '{ comment(id: "$hiddenComment") { text } }', '++00000'],
  ['a comment under somebody else’s post', '{ comment(id: "$commentElsewhere") { text } }', '+++0+++'],
  ['a picture that is ready', '{ media(id: "$picture") { url } }', '+++++++'],
  ['an upload', '{ media(id: "$upload") { status } }', '+000000'],
  [
    'a conversation',
    '{ conversation(id: "$conversation") { messages(last: 1) { edges { cursor } } } }',
    '+000u00',
  ],
];

const writes: Row[] = [
  [
    'edit a post',
    'mutation { updatePost(input: { postId: "$public", text: "hello" }) { post { id } } }',
    '+nnnunn',
  ],
  ['delete a post', 'mutation { deletePost(input: { postId: "$spare" }) { deletedId } }', '+nnnunn'],
  ['react', 'mutation { reactToPost(input: { postId: "$public", emoji: "👍" }) { post { id } } }', '+++nu++'],
  [
    'react to a post for followers',
    'mutation { reactToPost(input: { postId: "$followers", emoji: "👍" }) { post { id } } }',
    '++nnunn',
  ],
  [
    'take a reaction back',
    'mutation { removePostReaction(input: { postId: "$followers", emoji: "👍" }) { post { id } } }',
    '++nnunn',
  ],
  [
    'comment',
    'mutation { createComment(input: { postId: "$public", text: "hm" }) { comment { id } } }',
    '+++nu++',
  ],
  [
    'comment on a post for followers',
    'mutation { createComment(input: { postId: "$followers", text: "hm" }) { comment { id } } }',
    '++nnunn',
  ],
  [
    'answer a comment',
    'mutation { createComment(input: { postId: "$elsewhere", parentId: "$commentElsewhere", text: "hm" }) { comment { id } } }',
    '+++bu++',
  ],
  [
    'quote',
    'mutation { createPost(input: { text: "see", quoteOfId: "$public" }) { post { id } } }',
    '+++nu++',
  ],
  [
    'quote a post for followers',
    'mutation { createPost(input: { text: "see", quoteOfId: "$followers" }) { post { id } } }',
    'bbnnunn',
  ],
  [
    'post the picture',
    'mutation { createPost(input: { text: "mine", mediaIds: ["$picture"] }) { post { id } } }',
    '+bbbubb',
  ],
  [
    'wear the picture',
    'mutation { updateProfile(input: { avatarId: "$picture" }) { user { id } } }',
    '+bbbubb',
  ],
  [
    'complete the upload',
    'mutation { completeUpload(input: { mediaId: "$upload" }) { media { id } } }',
    '+nnnunn',
  ],
  [
    'describe the picture',
    'mutation { setAltText(input: { mediaId: "$picture", altText: "teal" }) { media { altText } } }',
    '+nnnunn',
  ],
  [
    'delete an upload',
    'mutation { deleteMedia(input: { mediaId: "$spareUpload" }) { deletedId } }',
    '+nnnunn',
  ],
  [
    'choose what they are notified of',
    'mutation { updateNotificationPreferences(input: { preferences: [{ type: FOLLOW, from: EVERYONE }] }) { unreadCount } }',
    '++++u++',
  ],
  [
    'read a notification',
    'mutation { markNotificationRead(input: { id: "$notification" }) { unreadCount } }',
    '+nnnunn',
  ],
  [
    'read the notifications',
    'mutation { markNotificationsRead(input: { upTo: "$notification" }) { unreadCount } }',
    '+nnnunn',
  ],
  [
    'write into the conversation',
    'mutation { sendMessage(input: { conversationId: "$conversation", text: "hm" }) { message { id } } }',
    '+nnnunn',
  ],
  [
    'read the conversation',
    'mutation { markConversationRead(input: { conversationId: "$conversation", upToSeq: 1 }) { conversation { id } } }',
    '+nnnunn',
  ],
  [
    'type in the conversation',
    'mutation { setTyping(input: { conversationId: "$conversation" }) { conversation { id } } }',
    '+nnnunn',
  ],
  [
    'answer a message',
    'mutation { sendMessage(input: { conversationId: "$conversation", replyToId: "$message", text: "hm" }) { message { id } } }',
    '+nnnunn',
  ],
  [
    'react to a message',
    'mutation { reactToMessage(input: { messageId: "$message", emoji: "👍" }) { message { id } } }',
    '+nnnunn',
  ],
  [
    'take a reaction off a message',
    'mutation { removeMessageReaction(input: { messageId: "$message", emoji: "👍" }) { message { id } } }',
    '+nnnunn',
  ],
  [
    'edit a message of somebody else’s',
    'mutation { editMessage(input: { messageId: "$message", text: "mine now" }) { message { id } } }',
    'nnnnunn',
  ],
  [
    'delete a message of somebody else’s',
    'mutation { deleteMessage(input: { messageId: "$message" }) { deletedId } }',
    'nnnnunn',
  ],
  [
    'edit a message',
    'mutation { editMessage(input: { messageId: "$ownMessage", text: "hm, hm" }) { message { id } } }',
    '+nnnunn',
  ],
  [
    'delete a message',
    'mutation { deleteMessage(input: { messageId: "$ownMessage" }) { deletedId } }',
    '+nnnunn',
  ],
  [
    'name a group',
    'mutation { updateConversation(input: { conversationId: "$group", title: "G" }) { conversation { id } } }',
    '+fnnunn',
  ],
  [
    'add to a group',
    'mutation { addConversationMembers(input: { conversationId: "$group", memberIds: ["$friend"] }) { conversation { id } } }',
    '+fnnunn',
  ],
  [
    'make an admin of a group',
    'mutation { setConversationAdmin(input: { conversationId: "$group", userId: "$friend", isAdmin: true }) { conversation { id } } }',
    '+fnnunn',
  ],
  [
    'remove from a group',
    'mutation { removeConversationMember(input: { conversationId: "$group", userId: "$friend" }) { conversation { id } } }',
    '+fnnunn',
  ],
  [
    'leave a group',
    'mutation { leaveConversation(input: { conversationId: "$group" }) { leftId } }',
    '++++u++',
  ],
  [
    'leave the conversation of two',
    'mutation { leaveConversation(input: { conversationId: "$conversation" }) { leftId } }',
    'b+++u++',
  ],
  [
    'start a conversation with the owner',
    'mutation { startConversation(input: { memberIds: ["$user"] }) { conversation { id } } }',
    'b++nu++',
  ],
  [
    'end a session',
    'mutation { revokeSession(input: { sessionId: "$session" }) { account { id } } }',
    '+nnnunn',
  ],
  [
    'remove a post',
    'mutation { removePost(input: { postId: "$spare2", reason: "spam" }) { standing { removal { reason } } } }',
    'ffffu++',
  ],
  [
    'restore a post',
    'mutation { restorePost(input: { postId: "$spare2" }) { standing { removal { reason } } } }',
    'ffffu++',
  ],
  [
    'react to a comment',
    'mutation { reactToComment(input: { commentId: "$comment", emoji: "👍" }) { comment { id } } }',
    '+++nu++',
  ],
  [
    'take a reaction off a comment under a post for followers',
    'mutation { removeCommentReaction(input: { commentId: "$hiddenComment", emoji: "👍" }) { comment { id } } }',
    '++nnunn',
  ],
  [
    'edit a comment',
    'mutation { updateComment(input: { commentId: "$commentElsewhere", text: "hm, hm" }) { comment { id } } }',
    '+nnnunn',
  ],
  [
    'delete a comment',
    'mutation { deleteComment(input: { commentId: "$spareComment" }) { deletedId } }',
    '+nnnunn',
  ],
  [
    'remove a comment',
    'mutation { removeComment(input: { commentId: "$comment", reason: "spam" }) { standing { removal { reason } } } }',
    'ffffu++',
  ],
  [
    'restore a comment',
    'mutation { restoreComment(input: { commentId: "$comment" }) { standing { removal { reason } } } }',
    'ffffu++',
  ],
  [
    'remove what an admin wrote',
    'mutation { removePost(input: { postId: "$byAdmin", reason: "spam" }) { standing { removal { reason } } } }',
    'ffffuff',
  ],
  ['put a bookmark', 'mutation { bookmarkPost(input: { postId: "$public" }) { post { id } } }', '+++nu++'],
  [
    'take a bookmark away',
    'mutation { removeBookmark(input: { postId: "$public" }) { post { id } } }',
    '++++u++',
  ],
  ['repost', 'mutation { repost(input: { postId: "$public" }) { post { id } repost { id } } }', '+++nu++'],
  [
    'repost what not everybody may read',
    'mutation { repost(input: { postId: "$followers" }) { post { id } } }',
    'bbnnunn',
  ],
  ['undo a repost', 'mutation { undoRepost(input: { postId: "$public" }) { post { id } } }', '++++u++'],
  ['ring the bell', 'mutation { ringBell(input: { userId: "$user" }) { user { id } } }', 'b+bnubb'],
  ['silence the bell', 'mutation { silenceBell(input: { userId: "$user" }) { user { id } } }', 'b++nu++'],
  [
    'accept a request that was not made',
    'mutation { acceptFollowRequest(input: { userId: "$user" }) { user { id } } }',
    'bbbnubb',
  ],
  [
    'reject a request',
    'mutation { rejectFollowRequest(input: { userId: "$user" }) { user { id } } }',
    'b++nu++',
  ],
  ['remove a follower', 'mutation { removeFollower(input: { userId: "$user" }) { user { id } } }', 'b++nu++'],
  ['mute', 'mutation { muteUser(input: { userId: "$user" }) { user { id } } }', 'b++nu++'],
  ['unmute', 'mutation { unmuteUser(input: { userId: "$user" }) { user { id } } }', 'b++nu++'],
  ['unfollow', 'mutation { unfollowUser(input: { userId: "$user" }) { user { id } } }', 'b++nu++'],
  ['follow', 'mutation { followUser(input: { userId: "$user" }) { user { id } } }', 'b++nu++'],
];

/** Nothing but the profile, and the picture by its id, and those for moderators. */
const afterSuspension: Row[] = [
  ['the person', '{ user(id: "$user") { username } }', 'u0000++'],
  ...reads.slice(1, 4).map(([what, operation]): Row => [what, operation, 'u000000']),
  ...reads.slice(5, 8).map(([what, operation]): Row => [what, operation, 'u000000']),
  ['a picture that is ready', '{ media(id: "$picture") { url } }', 'u0000++'],
  ['follow', 'mutation { followUser(input: { userId: "$user" }) { user { id } } }', 'unnnunn'],
];

const phoneOf = (viewer: (typeof viewers)[number]): Phone =>
  viewer === 'owner' ? cast.owner : cast.phones[viewer];

/** What each of the viewers is answered; the owner last, so that nothing is gone before others ask for it. */
async function outcomesOf(operation: string): Promise<Record<string, string>> {
  const text = operation.replace(/\$(\w+)/g, (_, name: string) => ids[name] ?? `no ${name}`);
  const seen: Record<string, string> = {};
  for (const viewer of [...viewers.slice(1), viewers[0]])
    seen[viewer] = outcomeOf(await phoneOf(viewer).send(text));
  return seen;
}
const expectedOutcomes = (outcomes: string) =>
  Object.fromEntries(viewers.map((viewer, index) => [viewer, codes[outcomes[index] ?? '']]));

describe('node(id:) of something of the owner’s', () => {
  const phoneOfAsker = (asker: Asker): Phone =>
    asker === 'owner' || asker === 'friend' ? cast[asker] : cast.phones[asker];
  const expectedFor = (asker: Asker, type: NodeType) =>
    asker === 'suspended' ? 'UNAUTHENTICATED' : nodeReaders[type].includes(asker) ? 'ok' : 'null';

  it.each(nodeTypeNames)('is null to all but those who may see it: %s', async (type) => {
    const text = `query ($id: ID!) { node(id: $id) { ${everyFieldOf(type, supergraph)} } }`;
    const seen = await Promise.all(
      askers.map(async (asker) => [
        asker,
        outcomeOf(await phoneOfAsker(asker).send(text, { id: nodeIds[type] })),
      ]),
    );
    const expected = askers.map((asker) => [asker, expectedFor(asker, type)]);
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(expected));
  });

  it.each(askers.filter((asker) => asker !== 'suspended'))(
    'is null in its place among many but to those who may see it: %s',
    async (asker) => {
      const something = somethingOfEach(nodeTypeNames, supergraph);
      const { nodes } = await phoneOfAsker(asker).ask(
        `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ${something} } }`,
        { ids: nodeTypeNames.map((type) => nodeIds[type]) },
      );
      const seen = nodes.map((node: { __typename: string } | null) => node?.__typename ?? null);
      expect(seen).toEqual(nodeTypeNames.map((type) => (expectedFor(asker, type) === 'ok' ? type : null)));
    },
  );
});

describe('what the owner has, by its id', () => {
  it.each(reads)('read %s', async (_what, operation, outcomes) => {
    expect(await outcomesOf(operation)).toEqual(expectedOutcomes(outcomes));
  });

  it.each(writes)('%s', async (_what, operation, outcomes) => {
    expect(await outcomesOf(operation)).toEqual(expectedOutcomes(outcomes));
  });

  it('moderators see a profile even of an account that is suspended, and nobody sees anything else', async () => {
    const suspend =
      'mutation ($id: ID!) { suspendAccount(input: { userId: $id, reason: "spam" }) { standing { role } } }';
    await cast.phones.moderator.ask(suspend, { id: cast.owner.id });
    for (const [what, operation, outcomes] of afterSuspension) {
      let seen = {};
      const wanted = expectedOutcomes(outcomes);
      await until(
        async () => {
          seen = await outcomesOf(operation);
          return JSON.stringify(seen, Object.keys(wanted)) === JSON.stringify(wanted);
        },
        { what: `${what} as ${outcomes}` },
      ).catch(() => expect({ what, seen }).toEqual({ what, seen: wanted }));
    }
    const input = { conversationId: ids.conversation, text: 'hello?' };
    const send = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }';
    await until(async () => outcomeOf(await cast.friend.send(send, { input })) === 'FORBIDDEN');
    const old = '{ conversations { edges { node { messages(last: 3) { edges { node { text } } } } } } }';
    const { conversations } = await cast.friend.ask(old);
    expect(conversations.edges[0].node.messages.edges.length).toBeGreaterThan(0);
  });
});

it('no service logged an error for any of it', async () => {
  expect(await loggedErrors(join(system.logDir, 'socialhub.log'))).toEqual([]);
});
