import {
  CommentRemoved,
  CommentRestored,
  PostRemoved,
  PostRestored,
} from '@socialhub/platform/contracts/post';
import { uuidv7 } from '@socialhub/platform/ids';
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

describe('what moderators removed', () => {
  const done = (authorId: string, postId: string) => ({
    authorId,
    postId,
    moderatorId: uuidv7(),
    at: new Date().toISOString(),
  });

  it('is told of no more, but to its author: a post', async () => {
    const [author = '', follower = '', named = ''] = people(3);
    await world.follow(follower, author);
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
