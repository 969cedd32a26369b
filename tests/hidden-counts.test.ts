import { type System, startSystem } from '@socialhub/local/system';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from './story/client.ts';
import { removeHomes, startOptions } from './story/home.ts';
import { type Person, register } from './story/people.ts';

// Whoever does not find somebody reads no count of theirs, by whatever way they come to them.

let system: System;
let owner: Person;
let blocked: Person;
let other: Person;
const ids = { talk: '', group: '', post: '', comment: '' };

const onUser = (act: string) => `mutation ($id: ID!) { ${act}(input: { userId: $id }) { user { id } } }`;

beforeAll(async () => {
  system = await startSystem(await startOptions());
  const everybody = ['Owner', 'Blocked', 'Other'].map((name) => register(system.gatewayUrl, name));
  [owner, blocked, other] = (await Promise.all(everybody)) as [Person, Person, Person];
  for (const one of [blocked, other]) await one.ask(onUser('followUser'), { id: owner.id });
  const post = 'mutation { createPost(input: { text: "seen by many" }) { post { id } } }';
  await owner.ask(post);
  ids.post = (await other.ask(post)).createPost.post.id;
  const talk = (memberIds: string[]) =>
    until(
      async () => {
        const { data } = await blocked.send(
          'mutation ($m: [ID!]!) { startConversation(input: { memberIds: $m }) { conversation { id } } }',
          { m: memberIds },
        );
        return data?.startConversation?.conversation.id as string | undefined;
      },
      { what: 'a conversation' },
    );
  ids.talk = await talk([owner.id]);
  ids.group = await talk([owner.id, other.id]);
  for (const id of [ids.talk, ids.group])
    await owner.ask(
      'mutation ($id: ID!) { sendMessage(input: { conversationId: $id, text: "hi" }) { message { id } } }',
      { id },
    );
  await owner.ask(
    'mutation ($id: ID!) { createComment(input: { postId: $id, text: "hm" }) { comment { id } } }',
    { id: ids.post },
  );
  await owner.ask(onUser('followUser'), { id: blocked.id });
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await removeHomes();
}, 60_000);

/** Ways to a person, each with what is asked of them in the place of `…`. */
const ways: [string, string][] = [
  ['by id', '{ user(id: "$owner") { … } }'],
  ['by username', '{ user(username: "$username") { … } }'],
  ['as a node', '{ node(id: "$owner") { ... on User { … } } }'],
  ['among nodes', '{ nodes(ids: ["$owner", "$post"]) { ... on User { … } ... on Post { author { … } } } }'],
  [
    'as a member of a conversation',
    '{ conversation(id: "$talk") { members { edges { node { user { … } } } } } }',
  ],
  ['as a member of a group', '{ conversation(id: "$group") { members { edges { node { user { … } } } } } }'],
  [
    'as the sender of a message',
    '{ conversation(id: "$group") { messages(last: 5) { edges { node { sender { … } } } } } }',
  ],
  ['as who spoke last', '{ conversations { edges { node { lastMessage { sender { … } } } } } }'],
  ['as who commented', '{ post(id: "$post") { comments { edges { node { author { … } } } } } }'],
  [
    'as whom one follows',
    '{ viewer { following { edges { node { … } } } followers { edges { node { … } } } } }',
  ],
  [
    'as who did what one is told of',
    '{ notifications { edges { node { actors { … } subject { ... on User { … } } } } } }',
  ],
];

/** Counts alone, each alone, and beside what the user service has to be asked for. */
const selections = [
  'id postCount',
  'id followerCount',
  'id followingCount',
  'id followers { totalCount }',
  'id postCount posts { edges { node { id } } }',
  'id username followerCount followingCount postCount',
];

/** What an answer tells of the owner. */
function toldOfOwner(answer: unknown): object[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const inside = Object.values(answer).flatMap(toldOfOwner);
  return 'id' in answer && answer.id === owner.id ? [answer, ...inside] : inside;
}

const countsIn = (told: object): unknown[] =>
  Object.entries(told).filter(([name, value]) => /Count$|^followers$/.test(name) && value !== null);

async function askedBy(who: Phone, way: string, selection: string): Promise<unknown[]> {
  const text = way
    .replaceAll('…', selection)
    .replace('$owner', owner.id)
    .replace('$username', owner.username)
    .replace('$post', ids.post)
    .replace('$talk', ids.talk)
    .replace('$group', ids.group);
  const { data, errors } = await who.send(text);
  expect(errors?.filter(({ extensions }) => extensions?.code !== 'NOT_FOUND') ?? []).toEqual([]);
  return toldOfOwner(data).flatMap(countsIn);
}

describe('who is blocked', () => {
  it('reads counts until then', async () => {
    await until(async () => (await askedBy(blocked, ways[10]?.[1] ?? '', 'id postCount')).length > 0, {
      what: 'a notification of the owner',
    });
    for (const [way, text] of ways)
      for (const selection of selections)
        expect(await askedBy(blocked, text, selection), `${way}: ${selection}`).not.toEqual([]);
    await owner.ask(onUser('blockUser'), { id: blocked.id });
    await until(
      async () =>
        (await blocked.ask('{ notifications { edges { cursor } } }')).notifications.edges.length === 0,
      {
        what: 'the block',
      },
    );
    await until(
      async () =>
        (await blocked.ask(`{ post(id: "${ids.post}") { comments { edges { cursor } } } }`)).post.comments
          .edges.length === 0,
      { what: 'the block where posts are' },
    );
  });

  it.each(ways)('reads none any more: %s', async (_way, text) => {
    for (const selection of selections)
      expect(await askedBy(blocked, text, selection), selection).toEqual([]);
  });

  it('keeps nobody else from them', async () => {
    for (const [way, text] of ways.slice(0, 4))
      expect(await askedBy(other, text, 'id postCount followerCount'), way).not.toEqual([]);
  });
});
