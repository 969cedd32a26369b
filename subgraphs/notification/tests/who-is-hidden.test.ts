import {
  CommentRemoved,
  CommentRestored,
  PostRemoved,
  PostRestored,
} from '@socialhub/platform/contracts/post';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, until } from '@socialhub/platform/testing/until';
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
      notification: { subject: { id: gid('User', good) } },
    });
    await events.return?.();
  });
});

describe('somebody who did more than is corrected at once', () => {
  const mine = async (who: string) =>
    dataOf(await world.as(who).execute('{ notifications { edges { node { id } } } }')).notifications.edges
      .length;
  const unread = async (who: string) =>
    dataOf(await world.as(who).execute('{ notifications { unreadCount } }')).notifications.unreadCount;

  it('is hidden, and shown again, in steps, of which each leaves the counts exact', async () => {
    const [me = '', bad = '', good = '', other = ''] = people(4);
    for (let n = 0; n < 230; n += 1) await world.post(bad, { mentionedIds: [me, other] });
    await world.follow(good, me);
    expect(await unread(me)).toBe(231);
    await world.stands(bad, 'SUSPENDED');
    await until(async () => (await mine(me)) === 1 && (await mine(other)) === 0, { what: 'all hidden' });
    expect([await unread(me), await unread(other)]).toEqual([1, 0]);
    await world.stands(bad, 'ACTIVE');
    await until(async () => (await unread(me)) === 231 && (await unread(other)) === 230, {
      what: 'all shown',
    });
    // One that overtakes the other before it is through.
    await world.stands(bad, 'SUSPENDED');
    await world.stands(bad, 'ACTIVE');
    await world.stands(bad, 'DEACTIVATED');
    await until(async () => (await unread(me)) === 1 && (await unread(other)) === 0, { what: 'all hidden' });
    await until(async () => (await world.db.query('SELECT 1 FROM task')).rowCount === 0, { what: 'no task' });
    expect([await unread(me), await unread(other)]).toEqual([1, 0]);
  });

  it('is parted in steps from whom they are blocked by', async () => {
    const [me = '', bad = '', other = ''] = people(3);
    for (let n = 0; n < 230; n += 1) await world.post(bad, { mentionedIds: n < 215 ? [me, other] : [me] });
    await world.block(me, bad);
    await until(async () => (await mine(me)) === 0, { what: 'nothing told' });
    expect([await unread(me), await unread(other)]).toEqual([0, 215]);
  });
});

describe('a reaction of somebody whose account is not active', () => {
  it('makes nothing new nor unread, and counts once they are active', async () => {
    const [me = '', bad = '', good = ''] = people(3);
    const mine = await world.post(me);
    await world.stands(bad, 'SUSPENDED');
    await world.react(me, bad, mine);
    expect(await world.list(me)).toEqual([]);
    await world.react(me, good, mine);
    const [row] = await world.list(me);
    expect(row).toEqual(told('REACTION', 'Post', mine, good));
    await world.markRead(me, row?.id ?? '');
    await world.unreact(me, bad, mine);
    await world.react(me, bad, mine);
    const [again] = await world.list(me);
    expect(again).toEqual(row && { ...row, readAt: expect.any(String) });
    await world.stands(bad, 'ACTIVE');
    expect(await world.list(me)).toEqual([told('REACTION', 'Post', mine, bad, good)]);
    await world.stands(bad, 'SUSPENDED');
    // The last who is shown goes, and what stays is nobody's to see.
    await world.unreact(me, good, mine);
    expect(await world.list(me)).toEqual([]);
    await world.unreact(me, bad, mine);
    await world.stands(bad, 'ACTIVE');
    expect(await world.list(me)).toEqual([]);
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

describe('what moderators removed', () => {
  const done = (authorId: string, postId: string) => ({
    authorId,
    postId,
    moderatorId: uuidv7(),
    at: new Date().toISOString(),
  });

  it('is told of no more, but to its author: a post', async () => {
    const [author = '', follower = '', named = ''] = people(3);
    await world.attend(follower, author);
    const postId = await world.post(author, { mentionedIds: [named] });
    await world.react(author, follower, postId);
    const removed = done(author, postId);
    await world.emit(PostRemoved, { ...removed, reason: 'spam', mediaIds: [] });
    expect(await world.list(follower)).toEqual([]);
    expect(await world.list(named)).toEqual([]);
    const [notice, ...rest] = await world.list(author);
    expect(notice).toEqual(told('POST_REMOVED', 'Post', postId));
    expect(rest).toEqual([told('FOLLOW', 'User', follower, follower)]);
    await world.emit(PostRestored, { ...removed, mediaIds: [] });
    expect(await world.list(author)).toEqual(rest);
    await world.emit(PostRemoved, { ...removed, reason: 'spam', mediaIds: [] });
    expect(await world.list(author)).toEqual([told('POST_REMOVED', 'Post', postId), ...rest]);
  });

  it('is told of no more, but to its author: a comment', async () => {
    const [author = '', commenter = ''] = people(2);
    const postId = await world.post(author);
    await world.react(author, commenter, postId);
    const commentId = await world.comment(commenter, { postId, postAuthorId: author });
    const removed = { ...done(commenter, postId), commentId };
    await world.emit(CommentRemoved, { ...removed, reason: 'rude' });
    expect(await world.list(author)).toEqual([told('REACTION', 'Post', postId, commenter)]);
    expect(await world.list(commenter)).toEqual([told('COMMENT_REMOVED', 'Comment', commentId)]);
    await world.block(author, commenter);
    expect(await world.list(commenter)).toEqual([told('COMMENT_REMOVED', 'Comment', commentId)]);
    await world.emit(CommentRestored, removed);
    expect(await world.list(commenter)).toEqual([]);
  });
});
