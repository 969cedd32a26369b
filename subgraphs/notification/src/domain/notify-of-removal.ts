import type { Tx } from '../store/client.ts';
import { deliver, people } from '../store/deliver.ts';

interface Removed {
  authorId: string;
  postId: string;
  commentId?: string;
  at: string;
}

/** Notifies an author that moderators removed what they wrote. Which of them did is not told. */
export const notifyOfRemoval = (
  tx: Tx,
  type: 'POST_REMOVED' | 'COMMENT_REMOVED',
  { authorId, postId, commentId, at }: Removed,
): Promise<void> =>
  deliver(
    tx,
    {
      actorId: null,
      at: new Date(at),
      subjectKind: commentId === undefined ? 'Post' : 'Comment',
      subjectId: commentId ?? postId,
      postId,
    },
    [{ type, people: people([authorId]) }],
  );
