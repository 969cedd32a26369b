import { CommentRemoved, PostDeleted } from '@socialhub/platform/contracts/post';
import { uuidv7 } from '@socialhub/platform/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, startWorld, told, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

/** A comment of Bob's under a post of Ann's, to which others react. */
function underway() {
  const [ann, bob, cat, dan] = people(4) as [string, string, string, string];
  const [commentId, postId] = [uuidv7(), uuidv7()];
  const comment = { commentId, postId, postAuthorId: ann, authorId: bob };
  const reaction = (userId: string, emoji = '👍') => ({
    commentId,
    postId,
    commentAuthorId: bob,
    userId,
    emoji,
  });
  const write = (mentionedIds: string[] = [], envelope = {}) =>
    world.comment(bob, { ...comment, mentionedIds }, envelope);
  const edit = (mentionedIds: string[], envelope = {}) =>
    world.editComment({ ...comment, mentionedIds }, envelope);
  return { ann, bob, cat, dan, commentId, postId, comment, reaction, write, edit };
}

describe('an edited comment', () => {
  test('tells those whom it names anew, once, and takes it back from those whom it names no more', async () => {
    const { ann, bob, cat, dan, commentId, write, edit } = underway();
    await write([cat]);
    await edit([cat, dan]);
    await edit([cat, dan]);
    for (const who of [cat, dan])
      expect(await world.list(who)).toEqual([told('MENTION', 'Comment', commentId, bob)]);
    await edit([dan]);
    expect(await world.list(cat)).toEqual([]);
    expect(await world.list(dan)).toHaveLength(1);
    expect(await world.list(ann)).toEqual([told('COMMENT', 'Comment', commentId, bob)]);
  });

  test('tells nobody of it twice who was told of it as of a comment, or as of a reply', async () => {
    const { ann, bob, cat, commentId, comment, write, edit } = underway();
    await write();
    await edit([ann]);
    expect(await world.list(ann)).toEqual([told('COMMENT', 'Comment', commentId, bob)]);
    const reply = uuidv7();
    await world.comment(bob, { ...comment, commentId: reply, parentId: commentId, parentAuthorId: cat });
    await world.editComment({ ...comment, commentId: reply, mentionedIds: [cat] }, {}, cat);
    expect(await world.list(cat)).toEqual([told('REPLY', 'Comment', reply, bob)]);
  });

  test('that names the author of its post no more is a comment for them', async () => {
    const { ann, bob, commentId, write, edit } = underway();
    await write([ann]);
    expect(await world.list(ann)).toEqual([told('MENTION', 'Comment', commentId, bob)]);
    await edit([]);
    expect(await world.list(ann)).toEqual([told('COMMENT', 'Comment', commentId, bob)]);
  });

  test('that overtakes itself is what counts, and nobody is told twice', async () => {
    const { ann, bob, cat, dan, commentId, write, edit } = underway();
    await edit([dan], { sequence: 2_000n });
    await write([cat, dan], { sequence: 1_000n });
    await edit([cat], { sequence: 1_500n });
    expect(await world.list(ann)).toEqual([told('COMMENT', 'Comment', commentId, bob)]);
    expect(await world.list(cat)).toEqual([]);
    expect(await world.list(dan)).toEqual([told('MENTION', 'Comment', commentId, bob)]);
  });
});

describe('a reaction to a comment', () => {
  test('is told to who wrote it, all of them as one, until it is taken back', async () => {
    const { bob, cat, dan, commentId, reaction } = underway();
    await Promise.all(
      Array.from({ length: 20 }, () => world.reactToComment(reaction(cat), { sequence: 10n })),
    );
    await world.reactToComment(reaction(cat, '🎉'));
    expect(await world.list(bob)).toEqual([told('REACTION', 'Comment', commentId, cat)]);
    await world.reactToComment(reaction(dan));
    expect(await world.list(bob)).toEqual([told('REACTION', 'Comment', commentId, dan, cat)]);
    await world.unreactToComment(reaction(cat));
    expect(await world.list(bob)).toEqual([told('REACTION', 'Comment', commentId, dan, cat)]);
    await world.unreactToComment(reaction(cat, '🎉'));
    expect(await world.list(bob)).toEqual([told('REACTION', 'Comment', commentId, dan)]);
    await world.unreactToComment(reaction(dan));
    expect(await world.list(bob)).toEqual([]);
  });

  test('stands beside those to the post, and is not told to who gave it, nor to who may not read it', async () => {
    const { bob, cat, commentId, postId, reaction } = underway();
    await world.reactToComment(reaction(bob));
    await world.reactToComment({ ...reaction(cat), commentAuthorId: null });
    expect(await world.list(bob)).toEqual([]);
    await world.reactToComment(reaction(cat, '🎉'));
    await world.react(bob, cat, postId);
    expect(await world.list(bob)).toEqual([
      told('REACTION', 'Post', postId, cat),
      told('REACTION', 'Comment', commentId, cat),
    ]);
  });

  test('that comes late, or after it was taken back, changes nothing', async () => {
    const { bob, cat, reaction } = underway();
    await world.unreactToComment(reaction(cat), { sequence: 11n });
    await world.reactToComment(reaction(cat), { sequence: 10n });
    expect(await world.list(bob)).toEqual([]);
  });
});

describe('a comment that is gone', () => {
  test('takes all that was told of it along but the replies to it, and what comes late is not told', async () => {
    const { ann, bob, cat, dan, commentId, postId, comment, reaction, write, edit } = underway();
    await write([cat]);
    await world.reactToComment(reaction(dan));
    const reply = await world.comment(dan, {
      postId,
      postAuthorId: ann,
      parentId: commentId,
      parentAuthorId: bob,
    });
    await world.deleteComment(comment);
    await world.reactToComment(reaction(cat));
    await world.unreactToComment(reaction(dan));
    await edit([cat, dan]);
    await write([cat]);
    await world.emit(CommentRemoved, {
      ...comment,
      moderatorId: uuidv7(),
      at: new Date().toISOString(),
      reason: 'spam',
    });
    expect(await world.list(ann)).toEqual([told('COMMENT', 'Comment', reply, dan)]);
    expect(await world.list(bob)).toEqual([told('REPLY', 'Comment', reply, dan)]);
    for (const who of [cat, dan]) expect(await world.list(who)).toEqual([]);
  });

  test('is not told when its end overtakes it', async () => {
    const { ann, cat, comment, write } = underway();
    await world.deleteComment(comment, { sequence: 20n });
    await write([cat], { sequence: 10n });
    for (const who of [ann, cat]) expect(await world.list(who)).toEqual([]);
  });

  test('with its post leaves nothing behind', async () => {
    const { ann, bob, cat, postId, reaction, write, edit } = underway();
    await write([cat]);
    await edit([cat]);
    await world.reactToComment(reaction(cat));
    await world.emit(PostDeleted, { postId, authorId: ann });
    await world.reactToComment(reaction(cat, '🎉'));
    for (const who of [ann, bob, cat]) expect(await world.list(who)).toEqual([]);
    const { rows } = await world.db.query(
      `SELECT (SELECT count(*) FROM comment_reactions WHERE post_id = $1)
        + (SELECT count(*) FROM comment_states WHERE post_id = $1) AS count`,
      [postId],
    );
    expect(rows[0].count).toBe('0');
  });
});
