import { afterAll, beforeAll, expect, it } from 'vitest';
import { people, startWorld, told, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

it('a request that is accepted is told to who asked, and the request is answered', async () => {
  const [owner = '', other = ''] = people(2);
  await world.requestFollow(other, owner);
  expect(await world.list(owner)).toEqual([told('FOLLOW_REQUEST', 'User', other, other)]);
  await world.accept(other, owner);
  expect(await world.list(owner)).toEqual([]);
  expect(await world.list(other)).toEqual([told('FOLLOW_ACCEPTED', 'User', owner, owner)]);
});

it('what was told of a request or of its acceptance goes with the follow', async () => {
  const [owner = '', other = ''] = people(2);
  await world.requestFollow(other, owner);
  await world.unfollow(other, owner);
  expect(await world.list(owner)).toEqual([]);
  await world.requestFollow(other, owner);
  await world.accept(other, owner);
  await world.unfollow(other, owner);
  expect([await world.list(owner), await world.list(other)]).toEqual([[], []]);
});

it('is the same in whatever order the events come', async () => {
  for (const order of [
    ['request', 'accept'],
    ['accept', 'request'],
  ]) {
    const [owner = '', other = ''] = people(2);
    const sequences = { request: 10n, accept: 11n };
    for (const fact of order)
      await (fact === 'request'
        ? world.requestFollow(other, owner, { sequence: sequences.request })
        : world.accept(other, owner, { sequence: sequences.accept }));
    expect(await world.list(owner)).toEqual([]);
    expect(await world.list(other)).toEqual([told('FOLLOW_ACCEPTED', 'User', owner, owner)]);
  }
});

it('nobody is told of an acceptance by whom they block or who is blocked by them', async () => {
  const [owner = '', other = ''] = people(2);
  await world.requestFollow(other, owner);
  await world.block(other, owner);
  await world.accept(other, owner);
  expect(await world.list(other)).toEqual([]);
});
