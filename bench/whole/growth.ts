import { percentile } from '../measure/statistics.ts';
import { settled } from './costs.ts';
import { type Crowd, createCrowd, type Stored } from './crowd.ts';
import { startGroup, streams, texts } from './operations.ts';
import { type Person, register } from './people.ts';
import type { WholeSystem } from './system.ts';

/** What one caller waits for an operation, in milliseconds, with so much stored. */
export interface Waited {
  name: string;
  p50: number;
  p99: number;
}

const stored = (people: number, posts: number, notifications: number): Stored => ({
  people,
  posts,
  notifications,
  messages: posts,
});

/** A small network and one of ten times as much, then a million of everything and five. */
export const sizesOfGrowth = {
  tenth: stored(2_000, 50_000, 100_000),
  whole: stored(20_000, 500_000, 1_000_000),
  million: stored(20_000, 1_000_000, 1_000_000),
  'five million': stored(20_000, 5_000_000, 5_000_000),
} as const;

/** Measures at each size, one after the other, in the same system: every operation `times` times, and as often before to warm up. */
export async function measureGrowth(
  system: WholeSystem,
  sizes: readonly (keyof typeof sizesOfGrowth)[],
  times: number,
): Promise<Map<string, Waited[]>> {
  const [viewer, other, popular, ...followers] = (await register(system.url, 23)) as [Person, Person, Person];
  const crowd = await createCrowd(system);
  const waited = new Map<string, Waited[]>();
  try {
    const own = await startGroup(viewer, [other]);
    const made = (await viewer.ask(texts.post, { text: 'A post of my own' })) as unknown as {
      createPost: { post: { id: string } };
    };
    for (const size of sizes) {
      const isFirst = waited.size === 0;
      await crowd.grow(sizesOfGrowth[size]);
      if (isFirst) {
        await crowd.befriend(viewer, { follows: 300, followers: 500, unread: 2_000 });
        await Promise.all(followers.map((one: Person) => one.ask(texts.follow, { id: popular.id })));
      }
      const results: Waited[] = [];
      for (const [name, run] of operations(crowd, { viewer, other, popular, own })) {
        for (let n = 0; n < times; n += 1) await run(n);
        await settled(system);
        const took: number[] = [];
        for (let n = 0; n < times; n += 1) {
          const began = performance.now();
          await run(n);
          took.push(performance.now() - began);
        }
        results.push({ name, ...spread(took) });
      }
      results.push({
        name: 'comment, until it is notified live',
        ...spread(await untilNotified(system, viewer, other, made.createPost.post.id, times)),
      });
      waited.set(size, results);
    }
  } finally {
    await crowd.close();
  }
  return waited;
}

function spread(took: number[]) {
  const sorted = Float64Array.from(took).sort();
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
}

const timeline = (
  root: string,
  first: number,
) => `{ ${root}(first: ${first}) { edges { cursor node { id text createdAt
  author { id username displayName } reactions { emoji count } viewerReactions commentCount } } } }`;
const notifications = (filter: string) =>
  `{ notifications(first: 20${filter}) { edges { cursor node { id type createdAt actors { id username } } } unreadCount } }`;

function operations(
  crowd: Crowd,
  { viewer, other, popular, own }: Record<'viewer' | 'other' | 'popular', Person> & { own: string },
): [string, (n: number) => Promise<unknown>][] {
  return [
    ['home timeline, 20', () => viewer.ask(timeline('homeTimeline', 20))],
    ['home timeline, 100', () => viewer.ask(timeline('homeTimeline', 100))],
    ['public timeline, 20', () => viewer.ask(timeline('publicTimeline', 20))],
    [
      'profile with 20 posts',
      () =>
        viewer.ask(
          `{ user(username: "crowd7") { id displayName followerCount viewerRelationship { follow } posts(first: 20) { edges { node { id text } } } } }`,
        ),
    ],
    [
      'conversations, 20',
      () =>
        viewer.ask(
          '{ conversations(first: 20) { edges { node { id title unreadCount lastMessage { id text } } } } }',
        ),
    ],
    [
      'messages, 50',
      () =>
        viewer.ask(
          'query ($id: ID!) { conversation(id: $id) { id messages(last: 50) { edges { node { id text sender { id username } } } } } }',
          { id: crowd.conversationId },
        ),
    ],
    [
      'post with 20 comments',
      () =>
        viewer.ask(
          'query ($id: ID!) { post(id: $id) { id text comments(first: 20) { edges { node { id text author { id username } } } } } }',
          { id: crowd.postId },
        ),
    ],
    ['notifications, 20', () => viewer.ask(notifications(''))],
    ['notifications, 20 unread', () => viewer.ask(notifications(', unreadOnly: true'))],
    ['a comment', (n) => other.ask(texts.comment, { id: crowd.postId, text: `Comment ${n}` })],
    ['a message', (n) => viewer.ask(texts.message, { id: own, text: `Message ${n}` })],
    ['a post, 500 followers', (n) => viewer.ask(texts.post, { text: `Post ${n}` })],
    ['a post, 20 followers', (n) => popular.ask(texts.post, { text: `Post ${n}` })],
  ];
}

const notifiedWithinMs = 30_000;

/** From sending a comment until the author of the post has the notification of it on an open stream. */
async function untilNotified(
  system: WholeSystem,
  author: Person,
  other: Person,
  postId: string,
  times: number,
): Promise<number[]> {
  let heard: (() => void) | undefined;
  const stop = await author.watch(streams.notifications, () => heard?.());
  await settled(system);
  const took: number[] = [];
  try {
    for (let n = 0; n < times + 5; n += 1) {
      const began = performance.now();
      const arrived = new Promise<void>((resolve, reject) => {
        heard = resolve;
        setTimeout(
          () => reject(new Error(`no notification within ${notifiedWithinMs} ms`)),
          notifiedWithinMs,
        ).unref();
      });
      await other.ask(texts.comment, { id: postId, text: `Comment ${n}` });
      await arrived;
      if (n >= 5) took.push(performance.now() - began);
    }
  } finally {
    await stop();
  }
  return took;
}
