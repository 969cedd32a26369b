import { type System, startSystem } from '@socialhub/local/system';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeHomes, startOptions } from './story/home.ts';
import { type Person, register } from './story/people.ts';
import { notificationQuery } from './story/story-so-far.ts';

const acts = ['followUser', 'unfollowUser', 'ringBell', 'silenceBell'] as const;
type Act = (typeof acts)[number];

let system: System;
let author: Person;
let ann: Person;
let ben: Person;
let cat: Person;

beforeAll(async () => {
  system = await startSystem(await startOptions());
  const names = ['Author', 'Ann', 'Ben', 'Cat'];
  [author, ann, ben, cat] = (await Promise.all(names.map((name) => register(system.gatewayUrl, name)))) as [
    Person,
    Person,
    Person,
    Person,
  ];
  for (const one of [ann, ben, cat]) await one.ask(textOf('followUser'), { id: author.id });
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await removeHomes();
}, 60_000);

const textOf = (act: Act) => `mutation ($id: ID!) { ${act}(input: { userId: $id }) { user { id } } }`;

async function post(text: string): Promise<string> {
  const create = 'mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }';
  return (await author.ask(create, { text })).createPost.post.id;
}

/** As what somebody was told of a post; null when they were not. */
async function toldOf(who: Person, postId: string): Promise<string | null> {
  const { notifications } = await who.ask(
    '{ notifications(first: 50) { edges { node { type subject { ... on Post { id } } } } } }',
  );
  const edges: { node: { type: string; subject: { id?: string } | null } }[] = notifications.edges;
  return edges.find(({ node }) => node.subject?.id === postId)?.node.type ?? null;
}

it('two people who ring at once are told live of a post, and who only follows finds it in the timeline', async () => {
  const watches = [await ann.watch(notificationQuery), await ben.watch(notificationQuery)];
  await Promise.all([ann, ben].map((one) => one.ask(textOf('ringBell'), { id: author.id })));
  const posts: string[] = [];
  // The bell takes a moment to get to where posts are told of.
  await until(async () => {
    posts.push(await post(`post ${posts.length}`));
    return watches.every(({ answers }) => answers.length > 0);
  });
  for (const watch of watches) {
    const { notification } = await watch.first((data) => data.notificationReceived);
    expect(notification).toMatchObject({ type: 'POST', actors: [{ id: author.id }] });
    watch.drop();
  }
  const last = posts.at(-1) ?? '';
  const { homeTimeline } = await cat.ask('{ homeTimeline(first: 1) { edges { node { id } } } }');
  expect(homeTimeline.edges).toEqual([{ node: { id: last } }]);
  expect((await cat.ask('{ notifications { edges { cursor } } }')).notifications.edges).toEqual([]);
});

it('whatever two people do at once from several devices, who is told is who rings', {
  timeout: 60_000,
}, async () => {
  const rings = async (one: Person) =>
    (await one.ask('query ($id: ID!) { user(id: $id) { viewerRelationship { bell } } }', { id: author.id }))
      .user.viewerRelationship.bell as boolean;
  const inOrder = async (one: Person, all: readonly Act[]) => {
    for (const act of all) await one.ask(textOf(act), { id: author.id });
  };
  for (let round = 0; round < 4; round += 1) {
    const answers = await Promise.all(
      [ann, ben].flatMap((one) =>
        [...acts, ...acts.toReversed()].map((act) => one.send(textOf(act), { id: author.id })),
      ),
    );
    const codes = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions?.code));
    // A bell without a follow.
    expect(codes.filter((code) => code !== 'BAD_USER_INPUT')).toEqual([]);
    // From whatever that left: one of them rings in the end, and the other has silenced the bell.
    const [ringer, other] = round % 2 === 0 ? [ann, ben] : [ben, ann];
    await Promise.all([
      inOrder(ringer, ['followUser', 'ringBell']),
      inOrder(other, ['followUser', 'ringBell', 'silenceBell']),
    ]);
    const expected = [ringer === ann, ringer === ben];
    expect([await rings(ann), await rings(ben)]).toEqual(expected);
    let seen: unknown[] = [];
    await until(async () => {
      const postId = await post(`round ${round}, for @${cat.username}`);
      // All are told in one transaction: once one is, nobody else will be.
      await until(() => toldOf(cat, postId));
      seen = [await toldOf(ann, postId), await toldOf(ben, postId)].map((type) => type === 'POST');
      return JSON.stringify(seen) === JSON.stringify(expected);
    }).catch(() => expect(seen).toEqual(expected));
  }
});
