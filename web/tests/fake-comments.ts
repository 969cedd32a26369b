import { decodeGlobalId } from '@socialhub/platform/global-ids/codec';
import { ownAccount } from './fake-account.ts';
import { comment, type FakeComment } from './fake-people.ts';
import { giveReaction, takeReaction } from './fake-reactions.ts';
import { badUserInput, refuse } from './fake-results.ts';
import type { Call, FakeSession, FakeState } from './fake-state.ts';

/** Every comment of the fake gateway, under a post or under another. */
function allComments(state: FakeState): FakeComment[] {
  const below = ({ replies }: FakeComment): FakeComment[] =>
    replies.edges.flatMap(({ node }) => [node, ...below(node)]);
  return state.posts.flatMap((one) =>
    (one.comments as { edges: { node: FakeComment }[] }).edges.flatMap(({ node }) => [node, ...below(node)]),
  );
}

/** The part of the graph that is about what one does with comments. */
export function commentRoots(state: FakeState, call: Call, session: FakeSession | undefined) {
  type Input<Field extends string> = { input: Record<Field, string> };
  const find = (id: string): FakeComment => {
    const found = allComments(state).find((one) => one.id === id);
    if (!found || found.deletedAt) throw refuse('NOT_FOUND', 'Comment not found');
    return found;
  };
  const findOwn = (id: string): FakeComment => {
    const found = find(id);
    if (found.author !== ownAccount(state, session).account.user)
      throw refuse('NOT_FOUND', 'Comment not found');
    return found;
  };
  return {
    comment: call('comment', ({ id }: { id: string }) => {
      if (decodeGlobalId(id)?.type !== 'Comment') throw badUserInput('id', 'has to be the id of a Comment');
      return allComments(state).find((one) => one.id === id) ?? null;
    }),
    createComment: call(
      'createComment',
      ({ input }: Input<'postId' | 'parentId' | 'text' | 'idempotencyKey'>) => {
        const author = ownAccount(state, session).account.user;
        const onto = state.posts.find((one) => one.id === input.postId);
        if (!onto) throw refuse('NOT_FOUND', 'Post not found');
        if ([...input.text].length > 500) throw badUserInput('input.text', 'takes at most 500 characters');
        const before = state.commentKeys.get(input.idempotencyKey);
        if (before) return { comment: before };
        const parent = input.parentId ? find(input.parentId) : null;
        const made = comment(onto, author, input.text, parent);
        onto.commentCount = Number(onto.commentCount) + 1;
        state.commentKeys.set(input.idempotencyKey, made);
        return { comment: made };
      },
    ),
    updateComment: call('updateComment', ({ input: { commentId, text } }: Input<'commentId' | 'text'>) => {
      const found = findOwn(commentId);
      if (text.trim() === '') throw badUserInput('input.text', 'must not be empty');
      return { comment: Object.assign(found, { text, editedAt: new Date().toISOString() }) };
    }),
    deleteComment: call('deleteComment', ({ input: { commentId } }: Input<'commentId'>) => {
      const gone = { text: '', author: null, deletedAt: new Date().toISOString(), reactions: [] };
      Object.assign(findOwn(commentId), gone);
      return { deletedId: commentId };
    }),
    reactToComment: call(
      'reactToComment',
      ({ input: { commentId, emoji } }: Input<'commentId' | 'emoji'>) => ({
        comment: giveReaction(find(commentId), emoji),
      }),
    ),
    removeCommentReaction: call(
      'removeCommentReaction',
      ({ input: { commentId, emoji } }: Input<'commentId' | 'emoji'>) => ({
        comment: takeReaction(find(commentId), emoji),
      }),
    ),
  };
}
