import { CommentCreated } from '@socialhub/platform/contracts/post';
import { runIdempotent } from '@socialhub/platform/database/idempotency';
import { badUserInput } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import type { CreateCommentInput } from '../../generated/resolvers.ts';
import type { Tx } from '../../store/client.ts';
import { insertComment, updateReplyCount } from '../../store/comments/comments.ts';
import { updateCommentCount } from '../../store/posts/posts.ts';
import { requireTarget } from '../reposts/no-repost.ts';
import { checkCommentText } from '../text/post-text.ts';
import { namedReaders } from './named-readers.ts';

/** Writes a comment under a post that the viewer may read, or a reply to one there; gives its id. */
export async function createComment(tx: Tx, viewer: Viewer, input: CreateCommentInput): Promise<string> {
  const { postId, parentId = null } = input;
  const authorId = viewer.userId;
  return runIdempotent(
    tx,
    { viewerId: authorId, operation: 'createComment', key: input.idempotencyKey },
    async () => {
      const { authorId: postAuthorId } = requireTarget(await updateCommentCount(tx, authorId, postId));
      const text = checkCommentText(input.text);
      const answeredId = parentId && (await updateReplyCount(tx, authorId, postId, parentId));
      if (parentId && !answeredId) throw badUserInput('input.parentId', 'must be a comment on the same post');

      const id = uuidv7();
      const told = await namedReaders(tx, { authorId, postId, text, answeredId });
      const { mentionedIds } = told;
      const createdAt = await insertComment(tx, { id, postId, parentId, authorId, text, mentionedIds });
      await publish(tx, CommentCreated, {
        commentId: id,
        postId,
        postAuthorId,
        parentId,
        authorId,
        ...told,
        createdAt: createdAt.toISOString(),
      });
      return id;
    },
  );
}
