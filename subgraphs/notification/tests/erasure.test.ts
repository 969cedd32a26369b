import { erased } from '@socialhub/platform/testing/erased';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { people, startWorld, told, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('erases what somebody was told, and takes them out of what others were told', async () => {
  const [ada, bob, eve] = people(3) as [string, string, string];
  const bobs = await world.post(bob);
  await world.react(bob, ada, bobs);
  await world.react(bob, eve, bobs);
  const comment = { commentId: bobs, postId: bobs, commentAuthorId: bob };
  await world.reactToComment({ ...comment, userId: ada });
  await world.follow(ada, bob);
  await world.follow(eve, ada);
  expect(await world.list(bob)).toHaveLength(3);
  await world.mute(ada, eve, { notifications: false });
  await world.mute(eve, ada);
  await world.prefer(ada, { QUOTE: 'NOBODY' });
  expect(await erased(world, ada)).toMatchObject({
    notifications: 1,
    acts: 3,
    reactions: 1,
    commentReactions: 1,
    follows: 2,
    mutes: 2,
    preferences: 1,
    recipients: 1,
  });
  // `list` checks that the count of what is unread is exact.
  expect(await world.list(bob)).toEqual([told('REACTION', 'Post', bobs, eve)]);
  expect(await world.list(ada)).toEqual([]);
  const { rows } = await world.db.query(
    `SELECT (SELECT count(*) FROM notification_actors WHERE actor_id = $1)
      + (SELECT count(*) FROM notifications WHERE recipient_id = $1) AS count`,
    [ada],
  );
  expect(rows[0].count).toBe('0');
});
