import { grantRoleAt } from '@socialhub/auth/operator-commands';
import { authDatabaseUrl } from '@socialhub/local/admin';
import { type System, startSystem } from '@socialhub/local/system';
import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { unzip } from '@socialhub/platform/testing/unzip';
import pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { phone } from './story/client.ts';
import { removeHomes, startOptions } from './story/home.ts';
import { type Person, register } from './story/people.ts';

let system: System;
let authDb: pg.Client;
/** An admin, who alone reads reports, and is not to be one of those from whom somebody hides. */
let boss: Person;
let ada: Person;
let bob: Person;
let bobsPost: string;
let adasPost: string;
let conversationId: string;
let pictureUrl: string;

const timeoutMs = 20_000;
const mine = { input: { password: '' } };

beforeAll(async () => {
  const options = await startOptions();
  system = await startSystem(options);
  const authUrl = authDatabaseUrl({ SOCIALHUB_HOME: options.home });
  authDb = new pg.Client({ connectionString: authUrl });
  await authDb.connect();
  const made = await register(system.gatewayUrl, 'Boss');
  await grantRoleAt(authUrl, made.username, 'ADMIN');
  boss = { ...made, ...(await signIn(made)) };
  ada = await register(system.gatewayUrl, 'Ada');
  bob = await register(system.gatewayUrl, 'Bob');
  mine.input.password = bob.password;
  await live();
}, 120_000);
afterAll(async () => {
  await authDb?.end();
  await system?.stop();
  await removeHomes();
}, 60_000);

async function signIn({ username, password }: Person) {
  const { logIn } = await phone(system.gatewayUrl).ask(
    'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }',
    { input: { identifier: username, password } },
  );
  return { ...phone(system.gatewayUrl, logIn.tokens.accessToken), accessToken: logIn.tokens.accessToken };
}

/** Bob does a bit of everything. */
async function live(): Promise<void> {
  const post = async (who: Person, text: string, mediaIds: string[] = []) =>
    (
      await who.ask('mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }', {
        input: { text, mediaIds },
      })
    ).createPost.post.id;
  const mediaId = await upload(bob);
  bobsPost = await until(() => post(bob, 'Bob was here', [mediaId]).catch(() => null), { timeoutMs });
  adasPost = await post(ada, 'Ada is here');
  await bob.ask('mutation ($id: ID!) { followUser(input: { userId: $id }) { user { id } } }', { id: ada.id });
  await bob.ask('mutation ($id: ID!) { ringBell(input: { userId: $id }) { user { id } } }', { id: ada.id });
  await ada.ask('mutation ($id: ID!) { followUser(input: { userId: $id }) { user { id } } }', { id: bob.id });
  await bob.ask(
    'mutation ($input: CreateCommentInput!) { createComment(input: $input) { comment { id } } }',
    { input: { postId: adasPost, text: 'So is Bob' } },
  );
  await bob.ask('mutation ($id: ID!) { reactToPost(input: { postId: $id, emoji: "👍" }) { post { id } } }', {
    id: adasPost,
  });
  conversationId = (
    await bob.ask(
      'mutation ($input: StartConversationInput!) { startConversation(input: $input) { conversation { id } } }',
      { input: { memberIds: [ada.id] } },
    )
  ).startConversation.conversation.id;
  for (const [who, text] of [
    [bob, 'Hello Ada'],
    [ada, 'Hello Bob'],
  ] as const) {
    await who.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
      input: { conversationId, text },
    });
  }
  await until(async () => (await notificationsOf(ada)).length >= 2, { timeoutMs });
}

async function upload(who: Person): Promise<string> {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#369' } })
    .png()
    .toBuffer();
  const { createUpload } = await who.ask(
    'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { media { id } ticket { url fields { name value } } } }',
    { input: { mimeType: 'image/png', byteSize: bytes.length } },
  );
  const form = new FormData();
  for (const { name, value } of createUpload.ticket.fields) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), 'picture.png');
  await fetch(createUpload.ticket.url, { method: 'POST', body: form });
  const { completeUpload } = await who.ask(
    `mutation { completeUpload(input: { mediaId: "${createUpload.media.id}" }) { media { id url } } }`,
  );
  pictureUrl = completeUpload.media.url;
  return completeUpload.media.id;
}

const notificationsOf = async (who: Person) =>
  (await who.ask('{ notifications(first: 50) { edges { node { type actors { id } } } } }')).notifications
    .edges;
const seen = () =>
  ada.ask(`{ post(id: "${bobsPost}") { text } user(id: "${bob.id}") { username }
    node(id: "${bob.id}") { ... on User { username } } }`);
const isHidden = async () => Object.values(await seen()).every((one) => one === null);

it('gives a person an archive of what all six services keep of them, and tells how far it is', async () => {
  const { requestDataExport } = await bob.ask('mutation { requestDataExport { export { id status } } }');
  const { id } = requestDataExport.export;
  expectError(await bob.send('mutation { requestDataExport { export { id } } }'), 'RATE_LIMITED');
  const watch = await bob.watch(
    'subscription ($id: ID!) { dataExportProgress(id: $id) { cursor export { status partsDone url } } }',
    { id },
  );
  const ready = await watch.first(({ dataExportProgress: state }) =>
    state.export.status === 'READY' ? state.export : null,
  );
  expect(ready.partsDone).toBe(6);
  const files = unzip(Buffer.from(await (await fetch(ready.url)).arrayBuffer()));
  const rows = (name: string) => JSON.parse(String(files.get(name)));
  expect(rows('auth/account.json')).toMatchObject([{ username: bob.username }]);
  expect(rows('user/profile.json')).toMatchObject([{ id: uuidOf(bob.id), displayName: 'Bob' }]);
  expect(rows('user/following.json')).toMatchObject([
    { userId: uuidOf(ada.id), username: ada.username, bell: true },
  ]);
  expect(rows('post/posts.json')).toMatchObject([{ id: uuidOf(bobsPost), text: 'Bob was here' }]);
  expect(rows('post/comments.json')).toMatchObject([{ postId: uuidOf(adasPost), text: 'So is Bob' }]);
  expect(rows('chat/messages.json')).toMatchObject([{ text: 'Hello Ada' }]);
  expect(rows('notification/notifications.json')).toMatchObject([{ type: 'FOLLOW' }]);
  expect(rows('media/media.json')).toHaveLength(1);
  expect([...files.keys()].filter((name) => name.startsWith('media/files/'))).toHaveLength(1);
  const text = [...files.values()].map(String).join('');
  expect(text).not.toMatch(/argon2|Hello Bob|Ada is here/);
  expect((await ada.ask('{ dataExport { id } }')).dataExport).toBeNull();
}, 60_000);

it('hides who deactivates their account, in every service, until they sign in again', async () => {
  expect(Object.values(await seen())).not.toContain(null);
  await bob.ask(
    'mutation ($input: DeactivateAccountInput!) { deactivateAccount(input: $input) { deactivated } }',
    mine,
  );
  await until(isHidden, { timeoutMs, what: 'Bob hidden' });
  await until(async () => (await bob.send('{ account { id } }')).errors, { timeoutMs });
  bob = { ...bob, ...(await signIn(bob)) };
  await until(async () => !(await isHidden()), { timeoutMs, what: 'Bob back' });
  expect((await bob.ask('{ viewer { id } }')).viewer.id).toBe(bob.id);
}, 60_000);

it('erases an account in every service when its grace is over, and reports what', async () => {
  const { deleteAccount } = await bob.ask(
    'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedAfter } }',
    mine,
  );
  expect(Date.parse(deleteAccount.deletedAfter)).toBeGreaterThan(Date.now());
  await until(isHidden, { timeoutMs, what: 'Bob hidden' });
  await authDb.query('UPDATE account SET delete_after = now() WHERE id = $1', [uuidOf(bob.id)]);
  await authDb.query("UPDATE task SET due_at = now() WHERE kind = 'begin_erasure'");
  await authDb.query("SELECT pg_notify('task', '')");
  const report = await until(
    async () => {
      const { accountErasures } = await boss.ask(
        'query ($id: ID) { accountErasures(userId: $id) { edges { node { completedAt parts { service counts { what count } } } } } }',
        { id: bob.id },
      );
      const [edge] = accountErasures.edges;
      return edge?.node.completedAt ? edge.node : null;
    },
    { timeoutMs, what: 'a whole report' },
  );
  const counts = Object.fromEntries(
    report.parts.flatMap((part: { service: string; counts: { what: string; count: number }[] }) =>
      part.counts.map(({ what, count }) => [`${part.service} ${what}`, count]),
    ),
  );
  expect(counts).toMatchObject({
    'auth accounts': 1,
    'user profiles': 1,
    'user following': 1,
    'user followers': 1,
    'post posts': 1,
    'post comments': 1,
    'post reactions': 1,
    'media media': 1,
    'media archives': 1,
    'chat messages': 1,
    'chat memberships': 1,
    'notification notifications': 1,
  });
  expect((await fetch(pictureUrl)).status).toBe(404);
  const { conversation } = await ada.ask(
    'query ($id: ID!) { conversation(id: $id) { messages(first: 9) { edges { node { seq text sender { id } } } } } }',
    { id: conversationId },
  );
  expect(conversation.messages.edges.map((edge: { node: unknown }) => edge.node)).toEqual([
    { seq: 1, text: '', sender: null },
    { seq: 2, text: 'Hello Bob', sender: { id: ada.id } },
  ]);
  await until(
    async () => {
      const told = await notificationsOf(ada);
      return told.every((edge: { node: { actors: unknown[] } }) => !JSON.stringify(edge).includes(bob.id));
    },
    { timeoutMs },
  );
  const back = await phone(system.gatewayUrl).send(
    'mutation ($input: LogInInput!) { logIn(input: $input) { account { id } } }',
    { input: { identifier: bob.username, password: bob.password } },
  );
  expectError(back, 'UNAUTHENTICATED');
  const { post } = dataOf(
    await ada.send(
      `{ post(id: "${adasPost}") { commentCount reactions { emoji } comments(first: 5) { edges { node { text author { id } } } } } }`,
    ),
  );
  expect(post).toEqual({
    commentCount: 1,
    reactions: [],
    comments: { edges: [{ node: { text: '', author: null } }] },
  });
}, 60_000);
