import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people, startWorld, told, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

type Fact = 'follow' | 'unfollow' | 'ring' | 'silence';

/** Every order of these. */
function orders<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((one, at) =>
    orders([...all.slice(0, at), ...all.slice(at + 1)]).map((rest) => [one, ...rest]),
  );
}

describe('who is told of a post', () => {
  it.each<[string, boolean, Fact[]]>([
    ['rings', true, ['follow', 'ring']],
    ['rings again', true, ['follow', 'ring', 'silence', 'ring']],
    ['has silenced the bell', false, ['follow', 'ring', 'silence']],
    ['follows no more', false, ['follow', 'ring', 'unfollow']],
    ['follows again, without a bell', false, ['follow', 'ring', 'unfollow', 'follow']],
    ['follows again, and rings', true, ['follow', 'unfollow', 'follow', 'ring']],
    ['only follows', false, ['follow']],
  ])('is the same in whatever order the events come: of one who %s', async (_what, rings, facts) => {
    const history = facts.map((fact, nth) => ({ fact, sequence: BigInt(10 + nth) }));
    const [ann = '', ...followers] = people(orders(history).length + 1);
    for (const [at, order] of orders(history).entries()) {
      for (const { fact, sequence } of order) {
        await world[fact](followers[at] ?? '', ann, { sequence });
        // Not the same event, but one that comes again all the same.
        await world[fact](followers[at] ?? '', ann, { sequence });
      }
    }
    const postId = await world.post(ann);
    const expected = rings ? [told('POST', 'Post', postId, ann)] : [];
    for (const follower of followers) expect(await world.list(follower)).toEqual(expected);
  });

  it('is told of one post that came before they fell silent, and keeps what they were told', async () => {
    const [ann = '', bob = ''] = people(2);
    await world.attend(bob, ann);
    const first = await world.post(ann);
    await world.silence(bob, ann);
    await world.post(ann);
    expect(await world.list(bob)).toEqual([told('POST', 'Post', first, ann)]);
    await world.ring(bob, ann);
    const third = await world.post(ann);
    expect(await world.list(bob)).toEqual([
      told('POST', 'Post', third, ann),
      told('POST', 'Post', first, ann),
    ]);
  });

  it('is nobody who only rings for somebody else', async () => {
    const [ann = '', bob = '', cat = ''] = people(3);
    await world.attend(cat, bob);
    await world.follow(cat, ann);
    await world.attend(ann, cat);
    await world.post(ann);
    expect((await world.list(cat)).map(({ type }) => type)).toEqual(['FOLLOW']);
  });

  it('is named without a bell as with one', async () => {
    const [ann = '', bob = '', cat = ''] = people(3);
    await world.follow(bob, ann);
    await world.attend(cat, ann);
    const postId = await world.post(ann, { mentionedIds: [bob, cat] });
    for (const who of [bob, cat])
      expect(await world.list(who)).toEqual([told('MENTION', 'Post', postId, ann)]);
  });

  it('is not blocked by the author', async () => {
    const [ann = '', bob = ''] = people(2);
    await world.attend(bob, ann);
    await world.block(ann, bob);
    // The end of the follow is on its way.
    await world.post(ann);
    expect(await world.list(bob)).toEqual([]);
  });
});
