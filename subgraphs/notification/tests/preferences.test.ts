import { uuidv7 } from '@socialhub/platform/ids';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, startWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

/** Ann follows Bob and does not know Eve. */
async function acquaintances(): Promise<{ ann: string; bob: string; eve: string }> {
  const [ann, bob, eve] = people(3) as [string, string, string];
  await world.follow(ann, bob);
  return { ann, bob, eve };
}

const name = (who: string, by: string) => world.post(by, { mentionedIds: [who] });
/** What is listed, and that as many of it are unread as are counted. */
const typesOf = async (who: string) => (await world.list(who)).map(({ type }) => type);
const chosenBy = async (who: string | null) =>
  dataOf(await world.as(who).execute('{ notificationPreferences { type from } }')).notificationPreferences;

test('everything is wanted of everybody until one has chosen, and what is left out stays', async () => {
  const { ann } = await acquaintances();
  const before: { type: string; from: string }[] = await chosenBy(ann);
  expect(before.map(({ type }) => type)).toEqual([
    ...['FOLLOW', 'FOLLOW_REQUEST', 'FOLLOW_ACCEPTED', 'POST', 'COMMENT', 'REPLY', 'MENTION', 'REACTION'],
    ...['REPOST', 'QUOTE'],
  ]);
  expect(new Set(before.map(({ from }) => from))).toEqual(new Set(['EVERYONE']));
  await world.prefer(ann, { QUOTE: 'NOBODY', MENTION: 'FOLLOWING' });
  const { preferences } = await world.prefer(ann, { QUOTE: 'EVERYONE' });
  expect(preferences).toEqual(
    before.map(({ type, from }) => ({ type, from: type === 'MENTION' ? 'FOLLOWING' : from })),
  );
  expect(await chosenBy(ann)).toEqual(preferences);
});

test('of nobody there comes nothing, of those whom one follows theirs, each by its type', async () => {
  const { ann, bob, eve } = await acquaintances();
  await world.prefer(ann, { MENTION: 'FOLLOWING', FOLLOW: 'NOBODY', REACTION: 'FOLLOWING' });
  await name(ann, eve);
  await world.follow(bob, ann);
  expect(await typesOf(ann)).toEqual([]);
  const postId = uuidv7();
  await world.react(ann, eve, postId);
  await world.react(ann, bob, postId);
  await name(ann, bob);
  const [mention, reaction] = await world.list(ann);
  expect(mention).toMatchObject({ type: 'MENTION' });
  expect(reaction).toMatchObject({ type: 'REACTION', actorCount: 1 });
  // Later ones, as it is then.
  await world.prefer(ann, { MENTION: 'EVERYONE' });
  await name(ann, eve);
  expect(await typesOf(ann)).toEqual(['MENTION', 'MENTION', 'REACTION']);
});

test('whoever does not want one type is told as the next that they are', async () => {
  const { ann, eve } = await acquaintances();
  await world.prefer(ann, { MENTION: 'NOBODY' });
  await world.comment(eve, { postAuthorId: ann, mentionedIds: [ann] });
  expect(await typesOf(ann)).toEqual(['COMMENT']);
});

test('what is not wanted any more is neither listed nor counted, and is there again, read, when it is', async () => {
  const { ann, bob, eve } = await acquaintances();
  await name(ann, eve);
  await world.follow(eve, ann);
  await name(ann, bob);
  const [, , ofEve] = await world.list(ann);
  expect((await world.prefer(ann, { MENTION: 'FOLLOWING' })).unreadCount).toBe(2);
  expect(await typesOf(ann)).toEqual(['MENTION', 'FOLLOW']);
  expect((await world.prefer(ann, { MENTION: 'NOBODY' })).unreadCount).toBe(1);
  expect(await typesOf(ann)).toEqual(['FOLLOW']);
  expectError(await world.markOneRead(ann, ofEve?.id ?? ''), 'NOT_FOUND');
  await world.prefer(ann, { MENTION: 'EVERYONE' });
  const rows = await world.list(ann);
  expect(rows.map(({ type, readAt }) => [type, readAt !== null])).toEqual([
    ['MENTION', true],
    ['FOLLOW', false],
    ['MENTION', true],
  ]);
});

test('of whom one follows no more one reads nothing that depends on it, and of whom one follows again one does', async () => {
  const { ann, bob } = await acquaintances();
  await world.prefer(ann, { REACTION: 'FOLLOWING' });
  await world.react(ann, bob, uuidv7());
  await name(ann, bob);
  expect(await typesOf(ann)).toEqual(['MENTION', 'REACTION']);
  await world.unfollow(ann, bob);
  expect(await typesOf(ann)).toEqual(['MENTION']);
  await world.follow(ann, bob);
  expect(await typesOf(ann)).toEqual(['MENTION', 'REACTION']);
});

test('moderation is always told, and wrong choices are by code and field', async () => {
  const ann = uuidv7();
  const choose = (who: string | null, preferences: string) =>
    world
      .as(who)
      .execute(
        `mutation { updateNotificationPreferences(input: { preferences: ${preferences} }) { unreadCount } }`,
      );
  for (const wrong of [
    '[]',
    '[{ type: POST_REMOVED, from: NOBODY }]',
    '[{ type: FOLLOW, from: NOBODY }, { type: FOLLOW, from: EVERYONE }]',
  ])
    expectError(await choose(ann, wrong), 'BAD_USER_INPUT', 'input.preferences');
  expectError(await choose(ann, '[{ type: FOLLOW, from: FRIENDS }]'), 'BAD_USER_INPUT');
  expectError(await choose(null, '[{ type: FOLLOW, from: NOBODY }]'), 'UNAUTHENTICATED');
  expectError(await world.as(null).execute('{ notificationPreferences { type } }'), 'UNAUTHENTICATED');
  expect(await chosenBy(ann)).not.toContainEqual(expect.objectContaining({ from: 'NOBODY' }));
  expect(world.loggedErrors).toEqual([]);
});

test('who chooses while more comes in is told of nothing that they do not want, live neither', async () => {
  const { ann, bob, eve } = await acquaintances();
  const told: string[] = [];
  const stream = world.as(ann).subscribe('subscription { notificationReceived { notification { type } } }');
  const reading = (async () => {
    for await (const { data } of stream) told.push(data.notificationReceived.notification.type);
  })();
  await until(async () => {
    await name(ann, bob);
    return told.length > 0;
  });
  await Promise.all([
    world.prefer(ann, { REPOST: 'NOBODY' }),
    ...people(10).map((by) => world.repost(ann, by, uuidv7())),
  ]);
  told.length = 0;
  await world.repost(ann, eve, uuidv7());
  await world.follow(eve, ann);
  await until(() => told.includes('FOLLOW'));
  expect(told).not.toContain('REPOST');
  expect(new Set(await typesOf(ann))).toEqual(new Set(['MENTION', 'FOLLOW']));
  await stream.return?.();
  await reading;
});
