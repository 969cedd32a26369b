import { UserBlocked } from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { erased } from '@socialhub/platform/testing/erased';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { factsOf, followEvents } from './events.ts';
import { type Chat, deleteMutation, startChat } from './people.ts';

let chat: Chat;
let ada: string;
let bob: string;
let cyd: string;
/** A group of the three, and a message of Ada's in it. */
let group: string;
let id: string;

beforeAll(async () => {
  chat = await startChat();
});
beforeEach(async () => {
  [ada, bob, cyd] = [await chat.register(), await chat.register(), await chat.register()];
  group = await chat.start([ada, bob, cyd]);
  ({ id } = await chat.send(ada, group, 'hello'));
});
afterAll(async () => {
  expect(chat.service.loggedErrors).toEqual([]);
  await chat.service.stop();
});

const selection = 'message { reactions { emoji count } viewerReactions }';
const act =
  (field: string) =>
  (who: string | null, emoji: string, messageId = id) =>
    chat.service
      .as(who)
      .execute(
        `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`,
        { input: { messageId, emoji } },
      );
const react = act('reactToMessage');
const unreact = act('removeMessageReaction');
const look = async (who: string) => {
  const query = `query ($id: ID!) { conversation(id: $id) { messages(first: 1) { edges { node { reactions { emoji count } viewerReactions } } } } }`;
  return dataOf(await chat.service.as(who).execute(query, { id: group })).conversation.messages.edges[0].node;
};
const changesIn = async (who: string): Promise<number> =>
  (
    await chat.service.db.query(
      `SELECT count(*)::int AS n FROM member_events WHERE member_id = $1 AND kind = 'REACTION_CHANGED'`,
      [who],
    )
  ).rows[0].n;

test('the most used come first, then the one used first, to everybody and live', async () => {
  const events = followEvents(chat, cyd);
  for (const [who, emoji] of [
    [ada, '🎉'],
    [ada, '🔥'],
    [bob, '👍'],
    [bob, '🔥'],
  ] as const) {
    dataOf(await react(who, emoji));
  }
  const reactions = [
    { emoji: '🔥', count: 2 },
    { emoji: '🎉', count: 1 },
    { emoji: '👍', count: 1 },
  ];
  expect(await look(ada)).toEqual({ reactions, viewerReactions: ['🎉', '🔥'] });
  expect(await look(cyd)).toEqual({ reactions, viewerReactions: [] });
  await events.has(4);
  expect(factsOf(events.received)).toEqual(Array(4).fill(['REACTION_CHANGED', 'hello']));
  await events.stop();
});

test('giving one twice is giving it once, however it is typed, and so is taking it back', async () => {
  dataOf(await react(bob, '\u2764'));
  const again = dataOf(await react(bob, '\u2764\ufe0f')).reactToMessage.message;
  expect(again).toEqual({ reactions: [{ emoji: '❤️', count: 1 }], viewerReactions: ['❤️'] });
  dataOf(await unreact(bob, '\u2764'));
  expect(dataOf(await unreact(bob, '❤️')).removeMessageReaction.message).toEqual({
    reactions: [],
    viewerReactions: [],
  });
  expect(await changesIn(cyd)).toBe(2);
  const answers = await Promise.all(Array.from({ length: 16 }, () => react(bob, '👍')));
  answers.forEach(dataOf);
  expect(await look(cyd)).toMatchObject({ reactions: [{ emoji: '👍', count: 1 }] });
  expect(await changesIn(cyd)).toBe(3);
});

test('a person may put five different ones on a message, even at the same time', async () => {
  const emojis = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '6️⃣', '7️⃣'];
  const refused = (await Promise.all(emojis.map((emoji) => react(bob, emoji)))).filter(
    ({ errors }) => errors,
  );
  expect(refused).toHaveLength(2);
  for (const answer of refused) expectError(answer, 'BAD_USER_INPUT', 'input.emoji');
  const { viewerReactions } = await look(bob);
  expect(viewerReactions).toHaveLength(5);
  dataOf(await react(bob, viewerReactions[0]));
  dataOf(await unreact(bob, viewerReactions[0]));
  dataOf(await react(bob, '🆕'));
});

test.each(['', 'a', '👍👍', '<3', ' 👍', 'x'.repeat(10_000)])('%j is refused', async (emoji) => {
  expectError(await react(bob, emoji), 'BAD_USER_INPUT', 'input.emoji');
  expectError(await unreact(bob, emoji), 'BAD_USER_INPUT', 'input.emoji');
});

test('what one does not see takes none', async () => {
  const later = await chat.register();
  const add = `mutation ($input: AddConversationMembersInput!) { addConversationMembers(input: $input) { conversation { id } } }`;
  const input = { conversationId: group, memberIds: [gid('User', later)] };
  dataOf(await chat.service.as(ada).execute(add, { input }));
  for (const one of [react, unreact]) {
    for (const who of [await chat.register(), later]) expectError(await one(who, '👍'), 'NOT_FOUND');
    expectError(await one(bob, '👍', gid('Message', uuidv7())), 'NOT_FOUND');
    expectError(await one(bob, '👍', group), 'BAD_USER_INPUT', 'input.messageId');
    expectError(await one(null, '👍'), 'UNAUTHENTICATED');
  }
  expect(await changesIn(cyd)).toBe(0);
});

test('in a conversation where one is blocked none is put, and one’s own are taken back', async () => {
  const direct = await chat.start([ada, bob]);
  const theirs = await chat.send(ada, direct, 'hi');
  dataOf(await react(bob, '👍', theirs.id));
  await chat.service.emit(UserBlocked, { blockerId: ada, blockedId: bob, at: new Date().toISOString() });
  expectError(await react(bob, '🎉', theirs.id), 'FORBIDDEN');
  expect(dataOf(await unreact(bob, '👍', theirs.id)).removeMessageReaction.message.reactions).toEqual([]);
});

test('a deleted message keeps and takes none, also when it is deleted at that moment', async () => {
  dataOf(await react(cyd, '👍'));
  const remove = chat.service.as(ada).execute(deleteMutation, { input: { messageId: id } });
  const answers = await Promise.all([
    ...['1️⃣', '2️⃣', '3️⃣', '4️⃣'].map((emoji) => react(bob, emoji)),
    remove.then(() => react(bob, '5️⃣')),
  ]);
  for (const answer of answers) if (answer.errors) expectError(answer, 'NOT_FOUND');
  expectError(answers.at(-1) ?? {}, 'NOT_FOUND');
  expect(await look(bob)).toEqual({ reactions: [], viewerReactions: [] });
  const left = 'SELECT 1 FROM message_reactions WHERE message_id = $1';
  expect((await chat.service.db.query(left, [uuidOf(id)])).rowCount).toBe(0);
});

test('of a deleted account are gone', async () => {
  dataOf(await react(bob, '👍'));
  dataOf(await react(cyd, '👍'));
  expect(await erased(chat.service, bob)).toMatchObject({ reactions: 1 });
  expect((await look(ada)).reactions).toEqual([{ emoji: '👍', count: 1 }]);
});

test('cost the same few queries for any number of messages', async () => {
  const query = `query ($id: ID!) { conversation(id: $id) { messages(last: 20) { edges { node { reactions { emoji count } viewerReactions } } } } }`;
  const count = () =>
    chat.service.countQueries(() => chat.service.as(bob).execute(query, { id: group }).then(dataOf));
  const few = await count();
  for (let n = 0; n < 10; n += 1) dataOf(await react(bob, '👍', (await chat.send(ada, group, 'more')).id));
  expect(await count()).toBe(few);
});
