import { dataOf, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPages, idsOf, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

let count = 0;
const person = () => world.person(`somebody${++count}`);
const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
const homePage = async (who: string, args = 'first: 100') =>
  dataOf(
    await world
      .as(who)
      .execute(`{ homeTimeline(${args}) { edges { node { id } } pageInfo { endCursor hasNextPage } } }`),
  ).homeTimeline;
const home = async (who: string) => idsOf(await homePage(who));
/** Somebody who follows two others. */
async function reader() {
  const [ann, ben, cat] = [await person(), await person(), await person()];
  for (const one of [ben, cat]) await world.follow(ann, one);
  return { ann, ben, cat };
}

test('nothing of whom one mutes is in the home timeline, page by page, until the mute ends', async () => {
  const { ann, ben, cat } = await reader();
  const posts: string[] = [];
  for (const one of [ben, cat, ben, ann, cat, ben, cat]) posts.push(await world.post(one, 'post'));
  const newestFirst = posts.toReversed();
  expect(await home(ann)).toEqual(newestFirst);
  await world.mute(ann, ben);
  const others = newestFirst.filter((id) => ![posts[0], posts[2], posts[5]].includes(id));
  expect(await home(ann)).toEqual(others);
  expect(await allPages((after) => homePage(ann, `first: 2${after ? `, after: "${after}"` : ''}`))).toEqual(
    others,
  );
  await world.unmute(ann, ben);
  expect(await home(ann)).toEqual(newestFirst);
});

test('a mute lapses by itself at its moment, and one that is changed does at the new one', async () => {
  const { ann, ben } = await reader();
  const postId = await world.post(ben, 'post');
  const untilThen = new Date(Date.now() + 400).toISOString();
  await world.mute(ann, ben, { until: inHours(1) });
  expect(await home(ann)).toEqual([]);
  await world.mute(ann, ben, { until: untilThen });
  await until(async () => (await home(ann)).length > 0, { what: 'the end of the mute' });
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(untilThen));
  expect(await home(ann)).toEqual([postId]);
  await world.mute(ann, ben);
  expect(await home(ann)).toEqual([]);
});

test('a late event does not bring an ended mute back', async () => {
  const { ann, ben } = await reader();
  const postId = await world.post(ben, 'post');
  await world.unmute(ann, ben, { sequence: 9_001n });
  await world.mute(ann, ben, { sequence: 9_000n });
  expect(await home(ann)).toEqual([postId]);
});

test('all that is elsewhere stays as it was, for both', async () => {
  const { ann, ben, cat } = await reader();
  const theirs = await world.post(ben, 'theirs');
  const quote = await world.post(cat, { text: 'see', quoteOfId: theirs });
  const commentId = await world.comment(ben, quote, 'hm');
  dataOf(
    await world
      .as(ann)
      .execute('mutation ($id: ID!) { bookmarkPost(input: { postId: $id }) { post { id } } }', {
        id: theirs,
      }),
  );
  await world.mute(ann, ben);
  expect(await world.read(ann, theirs, 'id author { id }')).toMatchObject({ id: theirs });
  expect(await world.read(ann, quote, 'quoteOf { id } comments { edges { node { id } } }')).toEqual({
    quoteOf: { id: theirs },
    comments: { edges: [{ node: { id: commentId } }] },
  });
  const lists = dataOf(
    await world
      .as(ann)
      .execute('{ publicTimeline(first: 2) { edges { node { id } } } bookmarks { edges { node { id } } } }'),
  );
  expect([idsOf(lists.publicTimeline), idsOf(lists.bookmarks)]).toEqual([[quote, theirs], [theirs]]);
  const entity = dataOf(await world.entity('User', ben, 'postCount posts { edges { node { id } } }', ann));
  expect(entity._entities[0]).toEqual({ postCount: 1, posts: { edges: [{ node: { id: theirs } }] } });
  await world.follow(ben, ann);
  const mine = await world.post(ann, 'mine');
  expect(await home(ben)).toEqual([mine, theirs]);
});

test('nothing of whom one mutes comes live while it lasts, from the moment on', async () => {
  const { ann, ben, cat } = await reader();
  const received: string[] = [];
  const stream = world.as(ann).subscribe('subscription { homeTimelineEvents { post { id } } }');
  const reading = (async () => {
    for await (const answer of stream) received.push(dataOf(answer).homeTimelineEvents.post.id);
  })();
  const has = (id: string) => until(async () => received.includes(id), { what: 'a post' });
  const before = await world.post(ben, 'before');
  await has(before);
  await world.mute(ann, ben);
  await world.post(ben, 'meanwhile');
  const other = await world.post(cat, 'other');
  await has(other);
  expect(received).toEqual([before, other]);
  await world.unmute(ann, ben);
  await has(await world.post(ben, 'after'));
  await stream.return?.();
  await reading;
});

test('neither a repost by whom one mutes nor one of what they wrote is there, and another’s is in their place', async () => {
  const { ann, ben, cat } = await reader();
  const [dan, eve] = [await person(), await person()];
  await world.follow(ann, dan);
  const [theirs, others] = [await world.post(ben, 'theirs'), await world.post(eve, 'of a stranger')];
  const passedOn = await world.repost(cat, theirs);
  const byMuted = await world.repost(ben, others);
  const byAnother = await world.repost(dan, others);
  expect(await home(ann)).toEqual([byMuted, theirs]);
  await world.mute(ann, ben);
  expect(await home(ann)).toEqual([byAnother]);
  expect(await world.read(ann, passedOn, 'repostOf { id }')).toEqual({ repostOf: { id: theirs } });
  await world.unmute(ann, ben);
  await world.mute(ann, eve);
  expect(await home(ann)).toEqual([theirs]);
});

test('nor does one come live', async () => {
  const { ann, ben, cat } = await reader();
  const theirs = await world.post(ben, 'theirs');
  await world.mute(ann, ben);
  const received: string[] = [];
  const stream = world.as(ann).subscribe('subscription { homeTimelineEvents { post { id } } }');
  const reading = (async () => {
    for await (const answer of stream) received.push(dataOf(answer).homeTimelineEvents.post.id);
  })();
  const first = await world.post(cat, 'first');
  await until(async () => received.includes(first), { what: 'a post' });
  await world.repost(cat, theirs);
  await world.repost(ben, first);
  const last = await world.post(cat, 'last');
  await until(async () => received.includes(last), { what: 'a post' });
  await stream.return?.();
  await reading;
  expect(received).toEqual([first, last]);
});
