import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chat, startChat } from './people.ts';

interface MemberPage {
  totalCount: number;
  edges: { node: { user: { id: string } } }[];
  pageInfo: { endCursor: string; hasNextPage: boolean };
}

let chat: Chat;
beforeAll(async () => {
  chat = await startChat();
});
afterAll(() => chat?.service.stop());

test('a conversation and a message are found by their ids by members alone', async () => {
  const [ada, bob, eve] = [await chat.register(), await chat.register(), await chat.register()];
  const id = await chat.start([ada, bob]);
  const message = await chat.send(ada, id, 'hello');
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
    ... on Conversation { id unreadCount } ... on Message { id text } } }`;
  const r = [
    { __typename: 'Conversation', id },
    { __typename: 'Message', id: message.id },
  ];
  const ask = async (who: string | null) =>
    dataOf(await chat.service.as(who).execute(query, { r }))._entities;
  expect(await ask(bob)).toEqual([
    { id, unreadCount: 1 },
    { id: message.id, text: 'hello' },
  ]);
  for (const other of [eve, null]) expect(await ask(other)).toEqual([null, null]);
});

test('members come page by page, in the order in which they joined', async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => chat.register()));
  const [me = ''] = people;
  const id = await chat.start(people as [string, ...string[]]);
  const query = `query ($id: ID!, $first: Int, $after: String) { conversation(id: $id) {
    members(first: $first, after: $after) { totalCount edges { node { joinedAt user { id } } } pageInfo { endCursor hasNextPage } } } }`;
  const page = async (after: string | null, who = me) =>
    chat.service.as(who).execute(query, { id, first: 2, after });
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { members }: { members: MemberPage } = dataOf(await page(after)).conversation;
    expect(members.totalCount).toBe(5);
    seen.push(...members.edges.map(({ node }) => node.user.id));
    after = members.pageInfo.hasNextPage ? members.pageInfo.endCursor : null;
  } while (after);
  expect(new Set(seen).size).toBe(5);
  const { members } = dataOf(await page(null)).conversation;
  expectError(await page(members.pageInfo.endCursor, people[1]), 'BAD_USER_INPUT', 'after');
});
