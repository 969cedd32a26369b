import { ownAccount } from './fake-account.ts';
import type { FakeComment } from './fake-people.ts';
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
      ({ input: { commentId, emoji } }: Input<'commentId' | 'emoji'>) => {
        const found = find(commentId);
        if (found.viewerReactions.length >= 5) throw badUserInput('input.emoji', 'is one too many');
        if (!found.viewerReactions.includes(emoji)) {
          found.viewerReactions.push(emoji);
          const present = found.reactions.find((one) => one.emoji === emoji);
          if (present) present.count += 1;
          else found.reactions.push({ emoji, count: 1 });
        }
        return { comment: found };
      },
    ),
    removeCommentReaction: call(
      'removeCommentReaction',
      ({ input: { commentId, emoji } }: Input<'commentId' | 'emoji'>) => {
        const found = find(commentId);
        found.viewerReactions = found.viewerReactions.filter((one) => one !== emoji);
        found.reactions = found.reactions.flatMap((one) => {
          const count = one.emoji === emoji ? one.count - 1 : one.count;
          return count > 0 ? [{ ...one, count }] : [];
        });
        return { comment: found };
      },
    ),
  };
}
