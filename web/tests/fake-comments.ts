import { ownAccount } from './fake-account.ts';
import type { FakeComment } from './fake-people.ts';
import { giveReaction, takeReaction } from './fake-reactions.ts';
import { badUserInput, refuse } from './fake-results.ts';
import type { Call, FakeSession, FakeState } from './fake-state.ts';

/** The part of the graph that is about what one does with comments. */
export function commentRoots(state: FakeState, call: Call, session: FakeSession | undefined) {
  type Input<Field extends string> = { input: Record<Field, string> };
  const find = (id: string): FakeComment => {
    const edges = state.posts.flatMap((one) => (one.comments as { edges: { node: FakeComment }[] }).edges);
    const found = edges.find(({ node }) => node.id === id)?.node;
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
