import { dataOf, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { people, startWorld, told, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

/** Does everything of which a person is notified: as many things as are told of. */
async function doEverything(who: string, to: string, mine: string): Promise<number> {
  await world.follow(who, to);
  await world.comment(who, { postAuthorId: to, postId: mine });
  await world.comment(who, { postAuthorId: who, postId: mine, parentAuthorId: to });
  await world.post(who, { mentionedIds: [to] });
  await world.react(to, who, mine);
  await world.post(who, { quoteOfId: mine, quoteOfAuthorId: to });
  await world.post(who);
  await world.accept(to, who);
  return 8;
}

const typesOf = async (who: string) => (await world.list(who)).map(({ type }) => type).sort();
const everything = ['COMMENT', 'FOLLOW', 'FOLLOW_ACCEPTED', 'MENTION', 'POST', 'QUOTE', 'REACTION', 'REPLY'];

it('nobody is notified of anything that whom they mute does, nor of what they did before', async () => {
  const [me = '', bad = '', good = ''] = people(3);
  const mine = await world.post(me);
  await world.attend(me, bad);
  expect(await doEverything(bad, me, mine)).toBe(8);
  expect(await typesOf(me)).toEqual(everything);
  await world.react(me, good, mine);
  await world.mute(me, bad);
  // `list` checks that the count of what is unread is exact.
  expect(await world.list(me)).toEqual([told('REACTION', 'Post', mine, good)]);
  await world.unfollow(bad, me);
  await world.unreact(me, bad, mine);
  await doEverything(bad, me, mine);
  await world.requestFollow(bad, me);
  expect(await world.list(me)).toEqual([told('REACTION', 'Post', mine, good)]);
});

it('the muted are notified as before, and others of what they do', async () => {
  const [me = '', bad = '', other = ''] = people(3);
  await world.follow(me, bad);
  await world.mute(me, bad);
  const named = await world.post(bad, { mentionedIds: [me, other] });
  expect(await world.list(other)).toEqual([told('MENTION', 'Post', named, bad)]);
  const back = await world.post(me, { mentionedIds: [bad] });
  expect(await world.list(bad)).toEqual([told('MENTION', 'Post', back, me), told('FOLLOW', 'User', me, me)]);
});

it('what was kept back does not come with the end of it, and what is done then does', async () => {
  const [me = '', bad = ''] = people(2);
  const mine = await world.post(me);
  await world.follow(bad, me);
  await world.mute(me, bad);
  await world.react(me, bad, mine);
  await world.post(bad, { mentionedIds: [me] });
  await world.unmute(me, bad);
  expect(await world.list(me)).toEqual([]);
  await world.react(me, bad, mine, '🎉');
  const named = await world.post(bad, { mentionedIds: [me] });
  expect(await world.list(me)).toEqual([
    told('MENTION', 'Post', named, bad),
    told('REACTION', 'Post', mine, bad),
  ]);
});

it('it lapses by itself at its moment', async () => {
  const [me = '', bad = ''] = people(2);
  await world.mute(me, bad, { until: new Date(Date.now() + 400).toISOString() });
  await world.follow(bad, me);
  expect(await world.list(me)).toEqual([]);
  await until(
    async () => {
      await world.post(bad, { mentionedIds: [me] });
      return (await world.list(me)).length > 0;
    },
    { what: 'the end of the mute' },
  );
  expect(await typesOf(me)).toEqual(['MENTION']);
});

it('who wants to be notified all the same is, and of what comes once they change their mind', async () => {
  const [me = '', bad = ''] = people(2);
  await world.follow(bad, me);
  await world.mute(me, bad, { notifications: false });
  const named = await world.post(bad, { mentionedIds: [me] });
  expect(await world.list(me)).toEqual([
    told('MENTION', 'Post', named, bad),
    told('FOLLOW', 'User', bad, bad),
  ]);
  await world.mute(me, bad, { notifications: true });
  expect(await world.list(me)).toEqual([]);
  await world.mute(me, bad, { notifications: false });
  expect(await world.list(me)).toEqual([]);
  const again = await world.post(bad, { mentionedIds: [me] });
  expect(await world.list(me)).toEqual([told('MENTION', 'Post', again, bad)]);
});

it('nothing arrives live of what whom one mutes does', async () => {
  const [me = '', bad = '', good = ''] = people(3);
  await world.mute(me, bad);
  const events = world
    .as(me)
    .subscribe('subscription { notificationReceived { unreadCount notification { actors { id } } } }');
  const first = events.next();
  await world.follow(bad, me);
  await world.follow(good, me);
  expect(dataOf((await first).value).notificationReceived).toMatchObject({ unreadCount: 1 });
  await events.return?.();
});

it('whatever is being told while somebody is muted is taken back, too', async () => {
  for (let round = 0; round < 8; round += 1) {
    const [me = '', bad = ''] = people(2);
    await Promise.all([
      ...Array.from({ length: 5 }, () => world.post(bad, { mentionedIds: [me] })),
      world.mute(me, bad),
      ...Array.from({ length: 5 }, () => world.post(bad, { mentionedIds: [me] })),
    ]);
    expect(await world.list(me)).toEqual([]);
  }
});

it('of more than is retracted at once the rest is in steps, and what others did stays', async () => {
  const [me = '', bad = '', other = ''] = people(3);
  for (let n = 0; n < 230; n += 1) await world.post(bad, { mentionedIds: n < 215 ? [me, other] : [me] });
  await world.mute(me, bad);
  await until(async () => (await world.list(me)).length === 0, { what: 'nothing told' });
  const { notifications } = dataOf(await world.as(other).execute('{ notifications { unreadCount } }'));
  expect(notifications.unreadCount).toBe(215);
});
