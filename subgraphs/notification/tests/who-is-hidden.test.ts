import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people, startWorld, told, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

/** Somebody is told of three things of `bad` and one of `good`, who both reacted to their post. */
async function somebodyIsTold() {
  const [me = '', bad = '', good = ''] = people(3);
  const mine = await world.post(me);
  await world.follow(bad, me);
  const named = await world.post(bad, { mentionedIds: [me] });
  await world.react(me, bad, mine);
  await world.react(me, good, mine);
  await world.follow(good, me);
  return { me, bad, good, mine, named };
}

describe('what a person did whose account is not active', () => {
  it('is not shown nor counted, until they are active again', async () => {
    const { me, bad, good, mine, named } = await somebodyIsTold();
    const all = [
      told('FOLLOW', 'User', good, good),
      told('REACTION', 'Post', mine, good, bad),
      told('MENTION', 'Post', named, bad),
      told('FOLLOW', 'User', bad, bad),
    ];
    expect(await world.list(me)).toEqual(all);
    await world.stands(bad, 'SUSPENDED');
    const shown = [told('FOLLOW', 'User', good, good), told('REACTION', 'Post', mine, good)];
    expect(await world.list(me)).toEqual(shown);
    const read = dataOf(await world.markRead(me, (await world.list(me))[1]?.id ?? ''));
    expect(read.markNotificationsRead.unreadCount).toBe(1);
    await world.stands(bad, 'ACTIVE');
    expect(await world.list(me)).toEqual(all);
  });

  it('does not arrive, and does not hold up what others did', async () => {
    const [me = '', bad = '', good = ''] = people(3);
    await world.stands(bad, 'DEACTIVATED');
    const events = world
      .as(me)
      .subscribe(
        'subscription { notificationReceived { unreadCount notification { subject { ... on User { id } } } } }',
      );
    const first = events.next();
    await world.follow(bad, me);
    await world.follow(good, me);
    expect(dataOf((await first).value).notificationReceived).toEqual({
      unreadCount: 1,
      notification: { subject: { id: good } },
    });
    await events.return?.();
  });
});

describe('a block', () => {
  it.each(['blocks', 'is blocked'])('takes back what one was told of whom one %s', async (way) => {
    const { me, bad, good, mine } = await somebodyIsTold();
    await (way === 'blocks' ? world.block(me, bad) : world.block(bad, me));
    const rest = [told('FOLLOW', 'User', good, good), told('REACTION', 'Post', mine, good)];
    expect(await world.list(me)).toEqual(rest);
    // What was under way when they were parted comes too late.
    await world.post(bad, { mentionedIds: [me] });
    expect(await world.list(me)).toEqual(rest);
  });
});
