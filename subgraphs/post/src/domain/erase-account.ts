import { PostDeleted } from '@socialhub/platform/contracts/post';
import { publishEach } from '@socialhub/platform/events/outbox';
import { erasureTask } from '@socialhub/platform/personal-data/erasure';
import { eraseBlocks } from '@socialhub/platform/replicas/blocks';
import { eraseReadyMedia } from '@socialhub/platform/replicas/ready-media';
import type { Client, Tx } from '../store/client.ts';
import {
  eraseBookmarks,
  eraseBookmarksOnPosts,
  eraseComments,
  eraseCommentsUnderPosts,
  eraseFollows,
  erasePerson,
  erasePosts,
  eraseReactions,
  eraseReactionsToPosts,
} from '../store/erase.ts';

/** What this service keeps of a person. First what others hung on their posts, so that no post takes a million rows with it. */
export const eraseAccount = erasureTask<Client>('post', [
  { what: 'commentsUnderPosts', erase: eraseCommentsUnderPosts },
  { what: 'reactionsToPosts', erase: eraseReactionsToPosts },
  { what: 'bookmarksOnPosts', erase: eraseBookmarksOnPosts },
  { what: 'posts', erase: eraseAndTell },
  { what: 'comments', erase: eraseComments },
  { what: 'reactions', erase: eraseReactions },
  { what: 'bookmarks', erase: eraseBookmarks },
  { what: 'follows', erase: eraseFollows },
  { what: 'blocks', erase: eraseBlocks },
  { what: 'readyMedia', erase: eraseReadyMedia },
  { what: 'people', erase: erasePerson },
]);

async function eraseAndTell(tx: Tx, userId: string, limit: number): Promise<number> {
  const ids = await erasePosts(tx, userId, limit);
  await publishEach(
    tx,
    PostDeleted,
    ids.map((postId) => ({ postId, authorId: userId })),
  );
  return ids.length;
}
