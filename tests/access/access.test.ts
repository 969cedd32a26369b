import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartOptions } from '@socialhub/local/options';
import { type System, startSystem } from '@socialhub/local/system';
import { type Answer, until } from '@socialhub/platform/testing/until';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessFaults, accessTable } from '../../infra/checks/access.ts';
import { readGraph } from '../../infra/checks/sdl-access.ts';
import type { Phone } from '../story/client.ts';
import { removeHomes, startOptions } from '../story/home.ts';
import { type Cast, castAt, loggedErrors, outcomeOf, type RoleName, roles, upload } from './cast.ts';
import { type FieldOperation, operationsFor } from './operations.ts';

const supergraph = await readFile(join(import.meta.dirname, '../../gateway/supergraph.graphql'), 'utf8');
const graph = readGraph(supergraph);

let options: StartOptions;
let system: System;
let cast: Cast;
/** The ids of what the owner has. */
let ids: Record<string, string>;

beforeAll(async () => {
  options = await startOptions();
  system = await startSystem(options);
  cast = await castAt(system.gatewayUrl, options);
  ids = await possessions(cast);
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
function decisionOf({ root }: FieldOperation, { errors: [error] = [] }: Answer): string {
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
  n: 'NOT_FOUND',
  u: 'UNAUTHENTICATED',
  f: 'FORBIDDEN',
  b: 'BAD_USER_INPUT',
};

/** An operation with $ids, and its outcome for each of the viewers in their order. */
type Row = readonly [what: string, operation: string, outcomes: string];

const reads: Row[] = [
  ['the person', '{ user(id: "$user") { username } }', '+++n+++'],
  ['a public post', '{ post(id: "$public") { text } }', '+++n+++'],
  ['a post for followers', '{ post(id: "$followers") { text } }', '++nnnnn'],
  ['a post for those whom it names', '{ post(id: "$mentioned") { text } }', '+nnnnnn'],
  ['a post that moderators removed', '{ post(id: "$removed") { text removal { reason } } }', '+nnnn++'],
  ['a comment under a public post', '{ comment(id: "$comment") { text } }', '+++n+++'],
  ['a comment under a post for followers', '{ comment(id: "$hiddenComment") { text } }', '++nnnnn'],
  ['a comment under somebody else’s post', '{ comment(id: "$commentElsewhere") { text } }', '+++n+++'],
  ['a picture that is ready', '{ media(id: "$picture") { url } }', '+++++++'],
  ['an upload', '{ media(id: "$upload") { status } }', '+nnnnnn'],
  [
    'a conversation',
    '{ conversation(id: "$conversation") { messages(last: 1) { edges { cursor } } } }',
    '+nnnunn',
  ],
];

const writes: Row[] = [
  [
    'edit a post',
    'mutation { updatePost(input: { postId: "$public", text: "hello" }) { post { id } } }',
    '+nnnunn',
  ],
  ['delete a post', 'mutation { deletePost(postId: "$spare") { deletedId } }', '+nnnunn'],
  ['react', 'mutation { reactToPost(postId: "$public", emoji: "👍") { post { id } } }', '+++nu++'],
  [
    'react to a post for followers',
    'mutation { reactToPost(postId: "$followers", emoji: "👍") { post { id } } }',
    '++nnunn',
  ],
  [
    'take a reaction back',
    'mutation { removePostReaction(postId: "$followers", emoji: "👍") { post { id } } }',
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
  ['complete the upload', 'mutation { completeUpload(mediaId: "$upload") { media { id } } }', '+nnnunn'],
  [
    'read the notifications',
    'mutation { markNotificationsRead(upTo: "$notification") { unreadCount } }',
    '+nnnunn',
  ],
  [
    'write into the conversation',
    'mutation { sendMessage(input: { conversationId: "$conversation", text: "hm" }) { message { id } } }',
    '+nnnunn',
  ],
  [
    'read the conversation',
    'mutation { markConversationRead(conversationId: "$conversation", upToSeq: 1) { conversation { id } } }',
    '+nnnunn',
  ],
  [
    'answer a message',
    'mutation { sendMessage(input: { conversationId: "$conversation", replyToId: "$message", text: "hm" }) { message { id } } }',
    '+nnnunn',
  ],
  [
    'start a conversation with the owner',
    'mutation { startConversation(input: { memberIds: ["$user"] }) { conversation { id } } }',
    'b++nu++',
  ],
  ['end a session', 'mutation { revokeSession(sessionId: "$session") { account { id } } }', '+nnnunn'],
  [
    'remove a post',
    'mutation { removePost(postId: "$spare2", reason: "spam") { standing { id } } }',
    'ffffu++',
  ],
  ['restore a post', 'mutation { restorePost(postId: "$spare2") { standing { id } } }', 'ffffu++'],
  [
    'remove a comment',
    'mutation { removeComment(commentId: "$comment", reason: "spam") { standing { id } } }',
    'ffffu++',
  ],
  ['restore a comment', 'mutation { restoreComment(commentId: "$comment") { standing { id } } }', 'ffffu++'],
  [
    'remove what an admin wrote',
    'mutation { removePost(postId: "$byAdmin", reason: "spam") { standing { id } } }',
    'ffffuff',
  ],
  ['unfollow', 'mutation { unfollowUser(userId: "$user") { user { id } } }', 'b++nu++'],
  ['follow', 'mutation { followUser(userId: "$user") { user { id } } }', 'b++nu++'],
];

/** Nothing but the profile, and the picture by its id, and those for moderators. */
const afterSuspension: Row[] = [
  ['the person', '{ user(id: "$user") { username } }', 'unnnn++'],
  ...reads.slice(1, 4).map(([what, operation]): Row => [what, operation, 'unnnnnn']),
  ...reads.slice(5, 8).map(([what, operation]): Row => [what, operation, 'unnnnnn']),
  ['a picture that is ready', '{ media(id: "$picture") { url } }', 'unnnn++'],
  ['follow', 'mutation { followUser(userId: "$user") { user { id } } }', 'unnnunn'],
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

describe('what the owner has, by its id', () => {
  it.each(reads)('read %s', async (_what, operation, outcomes) => {
    expect(await outcomesOf(operation)).toEqual(expectedOutcomes(outcomes));
  });

  it.each(writes)('%s', async (_what, operation, outcomes) => {
    expect(await outcomesOf(operation)).toEqual(expectedOutcomes(outcomes));
  });

  it('moderators see a profile even of an account that is suspended, and nobody sees anything else', async () => {
    const suspend =
      'mutation ($id: ID!) { suspendAccount(userId: $id, reason: "spam") { standing { role } } }';
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

/** Makes everything that the rows name, and waits until the services have heard of it. */
async function possessions({ owner, friend, phones, anotherSession }: Cast): Promise<Record<string, string>> {
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const post = async (who: Phone, visibility = 'PUBLIC') => {
    const input = { text: 'hello', visibility };
    const text = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }';
    return (await who.ask(text, { input })).createPost.post.id as string;
  };
  const comment = async (who: Phone, postId: string) => {
    const text = 'mutation ($input: CreateCommentInput!) { createComment(input: $input) { comment { id } } }';
    return (await who.ask(text, { input: { postId, text: 'hm' } })).createComment.comment.id as string;
  };
  const [open, followers, removed, elsewhere] = [
    await post(owner),
    await post(owner, 'FOLLOWERS'),
    await post(owner),
    await post(friend),
  ];
  const start =
    'mutation ($id: ID!) { startConversation(input: { memberIds: [$id] }) { conversation { id } } }';
  const { conversation } = (await friend.ask(start, { id: owner.id })).startConversation;
  const send = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }';
  const { message } = (await friend.ask(send, { input: { conversationId: conversation.id, text: 'hi' } }))
    .sendMessage;
  const notification = await until(
    async () =>
      (await owner.ask('{ notifications { edges { node { id } } } }')).notifications.edges[0]?.node.id,
  );
  await phones.moderator.ask(
    'mutation ($id: ID!) { removePost(postId: $id, reason: "spam") { standing { id } } }',
    {
      id: removed,
    },
  );
  const sees = async (who: Phone, id: string) => !(await who.send(`{ post(id: "${id}") { id } }`)).errors;
  await until(() => sees(phones.follower, followers), { what: 'the follow' });
  await until(async () => !(await sees(phones.blocked, open)), { what: 'the block' });
  return {
    user: owner.id,
    public: open,
    followers,
    removed,
    elsewhere,
    mentioned: await post(owner, 'MENTIONED'),
    spare: await post(owner),
    spare2: await post(owner),
    byAdmin: await post(phones.admin),
    comment: await comment(owner, open),
    hiddenComment: await comment(owner, followers),
    commentElsewhere: await comment(owner, elsewhere),
    picture: await upload(owner, picture),
    upload: await upload(owner, picture, { complete: false }),
    conversation: conversation.id,
    message: message.id,
    notification,
    session: (await anotherSession(owner)).id,
  };
}
