import type { Tx } from '../store/client.ts';
import { deliver, people } from '../store/deliver.ts';

interface Removed {
  authorId: string;
  postId: string;
  commentId?: string;
  at: string;
}

/** Tells an author that moderators removed what they wrote. Which of them did is not told. */
export const tellOfRemoval = (
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
