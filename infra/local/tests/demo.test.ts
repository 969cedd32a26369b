import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type System, startSystem } from '@socialhub/local/system';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { phone } from '../../../tests/story/client.ts';
import { removeHomes, startOptions } from '../../../tests/story/home.ts';
import { deeds } from '../src/demo/deeds.ts';

let options: Awaited<ReturnType<typeof startOptions>>;
let system: System;

beforeAll(async () => {
  options = await startOptions({ demo: true });
  system = await startSystem(options);
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await removeHomes();
}, 60_000);

const signedIn = async (username: string) => {
  const person = system.demo.find((one) => one.username === username);
  const { logIn } = await phone(system.gatewayUrl).ask(
    'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }',
    { input: { identifier: username, password: person?.password } },
  );
  return phone(system.gatewayUrl, logIn.tokens.accessToken);
};

/** Of one's own account and of moderators', what the first start does itself, and what nobody has to see to find their way. */
const elsewhere = [
  /^(register|logIn|logOut|refreshTokens|revokeSession|endAllSessions|change|request|reset|verify|confirm|cancel|begin|renew|disable)/,
  /(Passkey|Account|Role|Standing|DataExport|Erasure)$/,
  /^(removePost|restorePost|removeComment|restoreComment)$/,
  /^(createUpload|completeUpload)$/,
  /^(unfollowUser|blockUser|unblockUser|silenceBell|updatePost|deletePost|removePostReaction|updateNotificationPreferences|markNotificationRead|markNotificationsRead)$/,
];

it('has its people do whatever people do to each other', async () => {
  const supergraph = parse(
    await readFile(join(import.meta.dirname, '../../../gateway/supergraph.graphql'), 'utf8'),
  );
  const mutations = supergraph.definitions.flatMap((type) =>
    type.kind === 'ObjectTypeDefinition' && type.name.value === 'Mutation'
      ? (type.fields ?? []).map(({ name }) => name.value)
      : [],
  );
  expect(mutations.length).toBeGreaterThan(60);
  const verbs = new Set(deeds.map(({ verb }) => verb));
  expect(
    mutations.filter((name) => !verbs.has(name) && !elsewhere.some((pattern) => pattern.test(name))),
  ).toEqual([]);
});

it('shows somebody new a place that is lived in', async () => {
  const { publicTimeline } = await phone(system.gatewayUrl).ask(`{
    publicTimeline(first: 100) { edges { node { commentCount media { status altText } reactions { count }
      author { username bio avatar { status url } } } } }
  }`);
  const posts: {
    commentCount: number;
    media: { status: string; altText: string }[];
    reactions: { count: number }[];
    author: { username: string; bio: string; avatar: { status: string } };
  }[] = publicTimeline.edges.map(({ node }: { node: object }) => node);
  const authors = new Map(posts.map(({ author }) => [author.username, author]));
  expect([...authors.keys()].length).toBeGreaterThanOrEqual(11);
  for (const { avatar, bio } of authors.values()) {
    expect(avatar.status).toBe('READY');
    expect(bio).not.toBe('');
  }
  expect(posts.length).toBeGreaterThan(40);
  const shown = posts.flatMap(({ media }) => media);
  expect(shown.length).toBeGreaterThan(9);
  expect(shown.every(({ status, altText }) => status === 'READY' && altText)).toBe(true);
  expect(posts.filter(({ commentCount }) => commentCount > 0).length).toBeGreaterThan(10);
  expect(posts.filter(({ reactions }) => reactions.length > 0).length).toBeGreaterThan(25);
});

it('lets it all be days old, in the order in which it was done', async () => {
  const ada = await signedIn('ada');
  const { publicTimeline, notifications, conversations } = await ada.ask(`{
    publicTimeline(first: 100) { edges { node { createdAt comments(first: 9) { edges { node { createdAt } } } } } }
    notifications(first: 50) { edges { node { updatedAt } } }
    conversations(first: 3) { edges { node { lastMessage { createdAt } } } }
  }`);
  type Times<T> = { edges: { node: T }[] };
  const hoursAgo = (at: string) => (Date.now() - Date.parse(at)) / 3_600_000;
  const posts = (publicTimeline as Times<{ createdAt: string; comments: Times<{ createdAt: string }> }>)
    .edges;
  const ages = posts.map(({ node }) => hoursAgo(node.createdAt));
  expect(ages).toEqual(ages.toSorted((a, b) => a - b));
  expect(ages[0]).toBeLessThan(1);
  expect(new Set(ages.map((age) => Math.floor(age / 24))).size).toBeGreaterThan(4);
  for (const { node } of posts)
    for (const answer of node.comments.edges)
      expect(Date.parse(answer.node.createdAt)).toBeGreaterThanOrEqual(Date.parse(node.createdAt));
  const told = (notifications as Times<{ updatedAt: string }>).edges.map(({ node }) =>
    hoursAgo(node.updatedAt),
  );
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBeGreaterThan(24);
  const said = (conversations as Times<{ lastMessage: { createdAt: string } }>).edges;
  expect(hoursAgo(said[0]?.node.lastMessage.createdAt ?? '')).toBeGreaterThan(0.01);
});

it('leaves things as somebody new would like to find them', async () => {
  const linus = await signedIn('linus');
  const seen = await linus.ask(`{
    homeTimeline { edges { node { text author { username } repostOf { text } media { altText status } } } }
    bookmarks { edges { node { text } } }
    conversations(first: 3) { edges { node { title members { edges { node { user { username } } } } lastMessage { text } } } }
    mutedUsers { edges { node { username } } }
    sky: hashtagTimeline(tag: "sky", first: 3) { edges { node { comments(first: 5) { edges { node { text
      replies(first: 5) { edges { node { text reactions { emoji count } } } } } } } } } }
  }`);
  const texts = seen.homeTimeline.edges.map(({ node }: { node: { text: string } }) => node.text);
  expect(texts).toContain('This evening, from the roof. #sky');
  expect(texts).not.toContain('Notes for those whom I let in.');
  expect(seen.bookmarks.edges).toEqual([
    { node: { text: 'Hello from #SocialHub. Everything here runs on one machine.' } },
  ]);
  expect(seen.conversations.edges).toEqual([
    {
      node: {
        title: 'Engines',
        members: {
          edges: ['ada', 'grace', 'linus'].map((username) => ({ node: { user: { username } } })),
        },
        lastMessage: { text: 'Happens to all of us.' },
      },
    },
  ]);
  expect(seen.mutedUsers.edges).toEqual([{ node: { username: 'margaret' } }]);
  expect(seen.sky.edges[0].node.comments.edges).toEqual([
    {
      node: {
        text: 'Which roof is that?',
        replies: {
          edges: [{ node: { text: 'The one with the antenna.', reactions: [{ emoji: '📡', count: 1 }] } }],
        },
      },
    },
    { node: { text: '', replies: { edges: [] } } },
  ]);
  const ada = await signedIn('ada');
  const notifiedOfLinus = async () => {
    const { notifications } = await ada.ask(
      '{ notifications { edges { node { type actors { username } } } } }',
    );
    const nodes: { type: string; actors: { username: string }[] }[] = notifications.edges.map(
      ({ node }: { node: object }) => node,
    );
    const ofLinus = nodes.filter(({ actors }) => actors.some(({ username }) => username === 'linus'));
    return ofLinus.map(({ type }) => type).sort();
  };
  // Reactions to a post, and to a comment.
  await expect.poll(notifiedOfLinus).toEqual(['FOLLOW', 'POST', 'REACTION', 'REACTION', 'REPOST']);
  expect(
    (await (await signedIn('margaret')).ask('{ followRequests { edges { node { username } } } }'))
      .followRequests,
  ).toEqual({
    edges: [{ node: { username: 'grace' } }],
  });
});

it('has whoever has the last word in a conversation have read it', async () => {
  const { viewer, conversations } = await (await signedIn('ada')).ask(
    '{ viewer { id } conversations { edges { node { title unreadCount lastMessage { sender { id } } } } } }',
  );
  const rows: { title: string; unreadCount: number; lastMessage: { sender: { id: string } } }[] =
    conversations.edges.map(({ node }: { node: object }) => node);
  const own = rows.filter(({ lastMessage }) => lastMessage.sender.id === viewer.id);
  expect(own.map(({ title, unreadCount }) => ({ title, unreadCount }))).toEqual([
    { title: 'Engines', unreadCount: 0 },
    { title: 'Morning swim', unreadCount: 0 },
  ]);
  expect(rows.filter(({ unreadCount }) => unreadCount > 0).length).toBeGreaterThan(0);
});

it('leaves nobody signed in on a device that is none', async () => {
  const grace = await signedIn('grace');
  const { account } = await grace.ask('{ account { sessions { edges { node { current } } } } }');
  expect(account.sessions.edges).toEqual([{ node: { current: true } }]);
});

it('goes on where a first start was cut off, and makes nothing twice', async () => {
  const file = join(options.home, 'demo.json');
  const progress = JSON.parse(await readFile(file, 'utf8'));
  expect(progress.done).toBe(deeds.length);
  await system.stop();
  // Its last post was made, and the cut came before that was written down.
  expect(deeds.at(-1)?.verb).toBe('createPost');
  await writeFile(file, JSON.stringify({ ...progress, done: deeds.length - 1 }));
  system = await startSystem(options);
  const seen = await phone(system.gatewayUrl).ask('{ user(username: "grace") { postCount } }');
  expect(seen.user.postCount).toBe(7);
  expect(JSON.parse(await readFile(file, 'utf8')).done).toBe(deeds.length);
}, 120_000);
