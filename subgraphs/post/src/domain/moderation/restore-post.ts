import { PostRestored } from '@socialhub/platform/contracts/post';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { findRemovablePost, type Removable, updatePostRemoval } from '../../store/moderation/removals.ts';
import { factsOf, moderatedSubject, notRemoved } from './moderated-subject.ts';

/** Brings a post back, by the rules of `removePost`; does nothing when it is not removed. */
export async function restorePost(tx: Tx, viewer: Viewer, postId: string): Promise<Removable> {
  const post = await moderatedSubject(tx, viewer, 'Post', findRemovablePost, postId);
  if (post.removedAt === null) return post;
  await updatePostRemoval(tx, post.id, notRemoved);
  await publish(tx, PostRestored, { ...factsOf(viewer, post), mediaIds: post.mediaIds });
  return { ...post, ...notRemoved };
}
