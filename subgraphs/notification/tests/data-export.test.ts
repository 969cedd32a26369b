import { archiveFaults } from '@socialhub/platform/testing/archive-faults';
import { exported } from '@socialhub/platform/testing/exported';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { people, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('exports what somebody was told of, but not what others were, nor who did it', async () => {
  const [ada, bob, eve] = people(3) as [string, string, string];
  await world.follow(bob, ada);
  await world.follow(ada, eve);
  await world.prefer(ada, { REPLY: 'FOLLOWING', POST: 'NOBODY' });
  const files = await exported(world, ada);
  expect(files.notifications).toMatchObject([{ type: 'FOLLOW', actorCount: 1, readAt: null }]);
  expect(files.preferences).toEqual([
    { type: 'POST', fromWhom: 'NOBODY' },
    { type: 'REPLY', fromWhom: 'FOLLOWING' },
  ]);
  expect(await archiveFaults(world, 'notification', files)).toEqual([]);
});
