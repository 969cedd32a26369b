import { PostDeleted } from '@socialhub/platform/contracts/post';
import { publishEach } from '@socialhub/platform/events/outbox';
import { erasureTask } from '@socialhub/platform/personal-data/erasure';
import { eraseBlocks } from '@socialhub/platform/replicas/blocks';
import { eraseMutes } from '@socialhub/platform/replicas/mutes';
import { eraseReadyMedia } from '@socialhub/platform/replicas/ready-media';
import type { Client, Tx } from '../store/client.ts';
import {
  eraseBookmarks,
  eraseBookmarksOnPosts,
  eraseCommentEdits,
  eraseComments,
  eraseCommentsUnderPosts,
  eraseFollows,
  erasePerson,
  erasePosts,
  eraseReactions,
  eraseReactionsToComments,
  eraseReactionsToPosts,
  eraseReactionsUnderPosts,
  eraseReposts,
  eraseRepostsOfPosts,
} from '../store/erase.ts';
import { toComments, toPosts } from '../store/reactions/reactions.ts';

/** What this service keeps of a person. First what others hung on their posts, so that no post takes a million rows with it. */
export const eraseAccount = erasureTask<Client>('post', [
  { what: 'reactionsUnderPosts', erase: eraseReactionsUnderPosts },
  { what: 'commentsUnderPosts', erase: eraseCommentsUnderPosts },
  { what: 'reactionsToPosts', erase: eraseReactionsToPosts },
  { what: 'bookmarksOnPosts', erase: eraseBookmarksOnPosts },
  { what: 'repostsOfPosts', erase: eraseRepostsOfPosts },
  { what: 'reposts', erase: eraseReposts },
  { what: 'posts', erase: eraseAndTell },
  { what: 'reactionsToComments', erase: eraseReactionsToComments },
  { what: 'commentEdits', erase: eraseCommentEdits },
  { what: 'comments', erase: eraseComments },
  { what: 'reactions', erase: (tx, userId, limit) => eraseReactions(tx, toPosts, userId, limit) },
  { what: 'commentReactions', erase: (tx, userId, limit) => eraseReactions(tx, toComments, userId, limit) },
  { what: 'bookmarks', erase: eraseBookmarks },
  { what: 'follows', erase: eraseFollows },
  { what: 'blocks', erase: eraseBlocks },
  { what: 'mutes', erase: eraseMutes },
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
