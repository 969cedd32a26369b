import { AccountStandingChanged } from '@socialhub/platform/contracts/auth';
import { UserBlocked, UserUnblocked } from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chat, sendMutation, startChat, startMutation, userGid } from './people.ts';

let chat: Chat;
let ann: string;
let ben: string;
let cat: string;
beforeAll(async () => {
  chat = await startChat();
  [ann, ben, cat] = [await chat.register(), await chat.register(), await chat.register()];
});
afterAll(() => chat?.service.stop());

const at = () => new Date().toISOString();
const stands = (userId: string, standing: 'ACTIVE' | 'SUSPENDED') =>
  chat.service.emit(AccountStandingChanged, { userId, role: 'MEMBER', standing, at: at() });
const trySend = (who: string, conversationId: string) =>
  chat.service.as(who).execute(sendMutation, { input: { conversationId, text: 'hello?' } });
const tryStart = (who: string, ...memberIds: string[]) =>
  chat.service.as(who).execute(startMutation, { input: { memberIds: memberIds.map(userGid) } });
const textsIn = async (who: string, id: string) => {
  const query = `query ($id: ID!) { conversation(id: $id) { messages { edges { node { text } } } } }`;
  const { messages } = dataOf(await chat.service.as(who).execute(query, { id })).conversation;
  return messages.edges.map(({ node }: { node: { text: string } }) => node.text);
};

test('two people, one of whom blocks the other, keep what they wrote and write no more', async () => {
  const direct = await chat.start([ann, ben]);
  await chat.send(ann, direct, 'before');
  const group = await chat.start([cat, ann, ben]);
  await chat.service.emit(UserBlocked, { blockerId: ann, blockedId: ben, at: at() });
  for (const [one, other] of [
    [ann, ben],
    [ben, ann],
  ] as const) {
    expectError(await trySend(one, direct), 'FORBIDDEN');
    expect(await textsIn(one, direct)).toEqual(['before']);
    expectError(await tryStart(one, other), 'NOT_FOUND');
    expectError(await tryStart(one, other, cat), 'NOT_FOUND');
    dataOf(await trySend(one, group));
  }
  await chat.service.emit(UserUnblocked, { blockerId: ann, blockedId: ben, at: at() });
  dataOf(await trySend(ben, direct));
  dataOf(await tryStart(ben, ann));
});

test('a person whose account is not active is not written to', async () => {
  const direct = await chat.start([ann, cat]);
  await chat.send(cat, direct, 'before');
  await stands(cat, 'SUSPENDED');
  expectError(await trySend(ann, direct), 'FORBIDDEN');
  expectError(await tryStart(ben, cat), 'NOT_FOUND');
  expect(await textsIn(ann, direct)).toEqual(['before']);
  await stands(cat, 'ACTIVE');
  dataOf(await trySend(ann, direct));
});

test('who is no member learns nothing of who may write there', async () => {
  const direct = await chat.start([ann, ben]);
  await chat.service.emit(UserBlocked, { blockerId: cat, blockedId: ben, at: at() });
  expectError(await trySend(cat, direct), 'NOT_FOUND');
});

test('who is no member learns nothing and has nothing done for them, whatever they send', async () => {
  const id = await chat.start([ann, ben, await chat.register()]);
  const stranger = await chat.register();
  const reply = gid('Message', uuidv7());
  for (const text of ['', '\u0000', 'x'.repeat(200_000), `a${'\u0301'.repeat(160_000)}`]) {
    const input = { conversationId: id, text, idempotencyKey: '\ud800', replyToId: reply };
    expectError(await chat.service.as(stranger).execute(sendMutation, { input }), 'NOT_FOUND');
  }
  const mine = { conversationId: id, text: `a${'\u0301'.repeat(160_000)}` };
  expectError(
    await chat.service.as(ann).execute(sendMutation, { input: mine }),
    'BAD_USER_INPUT',
    'input.text',
  );
});
