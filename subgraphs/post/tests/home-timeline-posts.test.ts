import { expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
let ann: string;
let bob: string;
let stranger: string;

beforeAll(async () => {
  world = await startWorld();
  ann = await world.person('ann');
  bob = await world.person('bob');
  stranger = await world.person('stranger');
  await world.follow(ann, bob);
});
afterAll(() => world?.stop());

const query = 'subscription { homeTimelinePosts { id text author { id } viewerReactions commentCount } }';

/** Everything that a subscriber has received, from the moment on when it is known to listen. */
async function listen(who: string) {
  const received: { id: string; text: string }[] = [];
  const stream = world.as(who).subscribe(query);
  const reading = (async () => {
    for await (const { data, errors } of stream) {
      expect(errors).toBeUndefined();
      received.push(data.homeTimelinePosts);
    }
  })();
  // There is no telling when a subscription stands but by one's own posts, which it brings.
  await until(async () => {
    const id = await world.post(who, 'are you there?');
    await world.settle();
    return received.some((post) => post.id === id);
  });
  return {
    received,
    async stop() {
      await stream.return?.();
      await reading;
    },
  };
}

test('brings posts of people followed and one’s own, as they come, and no others', async () => {
  const { received, stop } = await listen(ann);
  const expected = [
    await world.post(bob, 'one'),
    await world.post(bob, { text: 'two', visibility: 'FOLLOWERS' }),
  ];
  const unwanted = [
    await world.post(stranger, 'not followed'),
    await world.post(stranger, { text: 'hi @ann', visibility: 'MENTIONED' }),
    await world.post(bob, { text: 'to nobody', visibility: 'MENTIONED' }),
  ];
  expected.push(
    await world.post(bob, { text: 'to @ann', visibility: 'MENTIONED' }),
    await world.post(ann, 'mine'),
  );
  await until(async () => received.some(({ id }) => id === expected.at(-1)));
  const ids = received.map(({ id }) => id);
  expect(ids.filter((id) => expected.includes(id))).toEqual(expected);
  expect(ids.filter((id) => unwanted.includes(id))).toEqual([]);
  await stop();
});

test('a follow that is made meanwhile counts at once, and so does its end', async () => {
  const { received, stop } = await listen(ann);
  await world.follow(ann, stranger);
  const seen = await world.post(stranger, 'now you hear me');
  await until(async () => received.some(({ id }) => id === seen));
  await world.unfollow(ann, stranger);
  const unseen = await world.post(stranger, 'now you do not');
  const last = await world.post(bob, 'last');
  await until(async () => received.some(({ id }) => id === last));
  expect(received.some(({ id }) => id === unseen)).toBe(false);
  await stop();
});

test('is for people who have signed in', async () => {
  const stream = world.as(null).subscribe(query);
  const first = await stream.next().catch((errors: unknown) => ({ value: { errors } }));
  expectError(first.value as Parameters<typeof expectError>[0], 'UNAUTHENTICATED');
});
