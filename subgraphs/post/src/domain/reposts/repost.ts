import { PostReposted } from '@socialhub/platform/contracts/post';
import { PostAppeared } from '@socialhub/platform/contracts/signals';
import { publish, signalAfterCommit } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import type { Tx } from '../../store/client.ts';
import { findPostToRepost, insertRepost } from '../../store/reposts/reposts.ts';
import { requireRepeatable } from './no-repost.ts';

/**
 * Passes a post on to the viewer's followers, once; gives the repost's id, that of the one which is there where there is one.
 * Throws NOT_FOUND for what the viewer may not read, BAD_USER_INPUT for what not everybody may.
 */
export async function repost(tx: Tx, { userId }: Viewer, { postId }: { postId: string }): Promise<string> {
  const post = requireRepeatable(await findPostToRepost(tx, userId, postId), 'input.postId');
  const { id, createdAt, isNew } = await insertRepost(tx, { userId, postId }, uuidv7());
  if (!isNew) return id;
  const at = createdAt.toISOString();
  await publish(tx, PostReposted, { postId, postAuthorId: post.authorId, repostId: id, userId, at });
  await signalAfterCommit(tx, PostAppeared, { postId: id, authorId: userId });
  return id;
}
