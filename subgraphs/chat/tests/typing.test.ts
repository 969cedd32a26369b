import { AccountStandingChanged } from '@socialhub/platform/contracts/auth';
import { UserBlocked, UserUnblocked } from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { metricsText } from '@socialhub/platform/metrics/process-metrics';
import { valueIn } from '@socialhub/platform/testing/counted';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, type OperationResult, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Chat, startChat, userGid } from './people.ts';

let chat: Chat;
let ada: string;
let bob: string;
let cyd: string;
/** A group of the three. */
let group: string;

beforeAll(async () => {
  chat = await startChat();
});
beforeEach(async () => {
  [ada, bob, cyd] = [await chat.register(), await chat.register(), await chat.register()];
  group = await chat.start([ada, bob, cyd]);
});
afterAll(async () => {
  expect(chat.service.loggedErrors).toEqual([]);
  await chat.service.stop();
});

const mutation = 'mutation ($input: SetTypingInput!) { setTyping(input: $input) { conversation { id } } }';
const subscription = `subscription ($id: ID!) { typing(conversationId: $id) { user { id } until } }`;
const type = (who: string | null, isTyping?: boolean, conversationId = group) =>
  chat.service.as(who).execute(mutation, { input: { conversationId, isTyping } });
const change = (who: string, field: string, more: object) =>
  chat.service
    .as(who)
    .execute(
      `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { __typename } }`,
      { input: { conversationId: group, ...more } },
    );
const block = (
  blockerId: string,
  blockedId: string,
  contract: typeof UserBlocked | typeof UserUnblocked = UserBlocked,
) => chat.service.emit(contract, { blockerId, blockedId, at: new Date().toISOString() });

interface Heard {
  user: { id: string };
  until: string | null;
}

const long = '2000-01-01T00:00:00.000Z';

/** A signal that nothing paces, as another instance might send it. */
const signal = (userId: string, conversationId: string) =>
  chat.service.db.query(
    `WITH written AS (INSERT INTO outbox (kind, name, aggregate, event_id, payload) VALUES ('signal', $1, $1, $2, $3))
     SELECT pg_notify('outbox', '')`,
    [`typing.${uuidOf(conversationId)}`, uuidv7(), JSON.stringify({ userId, until: long })],
  );

/** Listens, and resolves once what `by` does is heard; `received` are the others' later signals. */
async function listen(who: string, by: string, conversationId = group) {
  const all: OperationResult[] = [];
  const stream = chat.service.as(who).subscribe(subscription, { id: conversationId });
  let isOver = false;
  const ended = (async () => {
    for await (const answer of stream) all.push(answer);
    isOver = true;
  })();
  await until(async () => {
    await signal(by, conversationId);
    return all.length > 0;
  });
  const received = () =>
    all.map((answer) => dataOf(answer).typing as Heard).filter(({ until }) => until !== long);
  return {
    received,
    isOver: () => isOver,
    has: (count: number) => until(() => received().length >= count, { what: `${count} signals` }),
    async stop() {
      await stream.return?.();
      await ended;
    },
  };
}

test('the others hear of it for five seconds, and when it stops; oneself on no device', async () => {
  const [own, theirs] = await Promise.all([listen(ada, bob), listen(cyd, bob)]);
  const before = Date.now();
  expect(dataOf(await type(ada)).setTyping.conversation.id).toBe(group);
  dataOf(await type(ada, false));
  dataOf(await type(bob));
  await Promise.all([theirs.has(3), own.has(1)]);
  expect(theirs.received().map(({ user }) => user.id)).toEqual([ada, ada, bob].map(userGid));
  const [begun, stopped] = theirs.received();
  const lasts = Date.parse(begun?.until ?? '') - before;
  expect(lasts).toBeGreaterThanOrEqual(5_000);
  expect(lasts).toBeLessThan(8_000);
  expect(stopped?.until).toBeNull();
  expect(own.received().map(({ user }) => user.id)).toEqual([userGid(bob)]);
  await Promise.all([own.stop(), theirs.stop()]);
});

test('each who listens is counted for as long as that lasts', async () => {
  const streams = async () => valueIn(await metricsText(), 'socialhub_streams', { service: 'chat' });
  await expect.poll(streams).toBe(0);
  const listeners = await Promise.all([listen(ada, bob), listen(cyd, bob)]);
  await expect.poll(streams).toBe(2);
  await listeners[0]?.stop();
  await expect.poll(streams).toBe(1);
  await listeners[1]?.stop();
  await expect.poll(streams).toBe(0);
});

test('a hundred times at once is heard once, and nothing of it is kept', async () => {
  const theirs = await listen(bob, ada);
  const rows = async () =>
    (await chat.service.db.query('SELECT count(*)::int AS n FROM member_events')).rows[0].n;
  await chat.service.settle();
  const before = await rows();
  for (let turn = 0; turn < 5; turn += 1)
    for (const answer of await Promise.all(Array.from({ length: 20 }, () => type(ada)))) dataOf(answer);
  dataOf(await type(cyd));
  await theirs.has(2);
  expect(theirs.received().map(({ user }) => user.id)).toEqual([ada, cyd].map(userGid));
  expect(await rows()).toBe(before);
  expect((await chat.service.db.query('SELECT 1 FROM outbox')).rowCount).toBe(0);
  await theirs.stop();
});

test('whoever is not in the conversation neither tells nor hears, and is told that there is none', async () => {
  const stranger = await chat.register();
  const watch = async (who: string | null, id: string) => {
    const first = await chat.service.as(who).subscribe(subscription, { id }).next();
    return first.value as OperationResult;
  };
  const none = gid('Conversation', uuidv7());
  for (const id of [group, none]) {
    expectError(await type(stranger, true, id), 'NOT_FOUND');
    expectError(await watch(stranger, id), 'NOT_FOUND');
    expectError(await type(null, true, id), 'UNAUTHENTICATED');
    expectError(await watch(null, id), 'UNAUTHENTICATED');
  }
  expectError(await type(ada, true, userGid(bob)), 'BAD_USER_INPUT', 'input.conversationId');
  expectError(await watch(ada, userGid(bob)), 'BAD_USER_INPUT', 'conversationId');
});

test('between two who cannot interact neither can type', async () => {
  const direct = await chat.start([ada, bob]);
  const theirs = await listen(bob, ada, direct);
  dataOf(await type(ada, true, direct));
  await theirs.has(1);
  await block(bob, ada);
  for (const who of [ada, bob]) expectError(await type(who, false, direct), 'FORBIDDEN');
  await block(bob, ada, UserUnblocked);
  dataOf(await type(ada, false, direct));
  await theirs.has(2);
  expect(theirs.received().map(({ until }) => until === null)).toEqual([false, true]);
  const standing = { userId: bob, role: 'MEMBER', standing: 'SUSPENDED', at: new Date().toISOString() };
  await chat.service.emit(AccountStandingChanged, standing as never);
  expectError(await type(ada, true, direct), 'FORBIDDEN');
  await theirs.stop();
});

test('members of a group who block each other do not hear each other, and the others hear both', async () => {
  const [blockers, blocked, theirs] = await Promise.all([
    listen(ada, cyd),
    listen(bob, cyd),
    listen(cyd, ada),
  ]);
  await block(ada, bob);
  dataOf(await type(ada));
  dataOf(await type(bob));
  dataOf(await type(cyd));
  await Promise.all([theirs.has(2), blockers.has(1), blocked.has(1)]);
  expect(theirs.received().map(({ user }) => user.id)).toEqual([ada, bob].map(userGid));
  for (const one of [blockers, blocked]) {
    expect(one.received().map(({ user }) => user.id)).toEqual([userGid(cyd)]);
    await one.stop();
  }
  await theirs.stop();
});

test.each([
  ['who is removed', () => change(ada, 'removeConversationMember', { userId: userGid(bob) })],
  ['who leaves', () => change(bob, 'leaveConversation', {})],
])('%s hears no more, and their stream is over', async (_who, go) => {
  const [goes, stays] = await Promise.all([listen(bob, ada), listen(cyd, ada)]);
  dataOf(await type(ada));
  await Promise.all([goes.has(1), stays.has(1)]);
  dataOf(await go());
  dataOf(await type(ada, false));
  await stays.has(2);
  await until(() => goes.isOver(), { what: 'the end of the stream' });
  expect(goes.received()).toHaveLength(1);
  expectError(await type(bob), 'NOT_FOUND');
  expect(stays.isOver()).toBe(false);
  await stays.stop();
});

test('asks once for all who listen', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, () => chat.register()));
  const crowd = await chat.start([ada, ...people]);
  const streams = await Promise.all(people.map((who) => listen(who, ada, crowd)));
  // What they listened for at first may be on its way to the last of them.
  await chat.service.settle();
  dataOf(await type(ada, true, crowd));
  await Promise.all(streams.map((one) => one.has(1)));
  const count = await chat.service.countQueries(async () => {
    dataOf(await type(ada, false, crowd));
    await Promise.all(streams.map((one) => one.has(2)));
  });
  // The conversation for who types, and who hears it.
  expect(count).toBe(2);
  await Promise.all(streams.map((one) => one.stop()));
});
