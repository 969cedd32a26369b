import { PostUpdated } from '@socialhub/platform/contracts/post';
import { forbidden } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { UpdatePostInput } from '../../generated/resolvers.ts';
import type { Tx } from '../../store/client.ts';
import { insertPostEdit } from '../../store/posts/post-edits.ts';
import { findOwnPostForUpdate, updatePostText } from '../../store/posts/posts.ts';
import { requireTarget } from '../reposts/no-repost.ts';
import { mentionedPeople } from '../text/mentioned-people.ts';
import { postLexemes } from '../text/post-lexemes.ts';
import { checkContentWarning, checkPostText } from '../text/post-text.ts';
import { referencesIn } from '../text/references.ts';

/** Replaces the author's own words and keeps the earlier ones; gives the post's id. The same words again are no edit. */
export async function updatePost(tx: Tx, viewer: Viewer, input: UpdatePostInput): Promise<string> {
  const { postId: id } = input;
  const post = requireTarget(await findOwnPostForUpdate(tx, viewer.userId, id));
  if (post.removedAt) throw forbidden('Moderators removed this post');
  const text = input.text == null ? post.text : checkPostText(input.text, post.mediaIds.length > 0);
  const contentWarning =
    input.contentWarning === undefined ? post.contentWarning : checkContentWarning(input.contentWarning);
  if (text === post.text && contentWarning === post.contentWarning) return id;

  const editedAt = new Date();
  const { hashtags, usernames } = referencesIn(text);
  const mentionedIds = await mentionedPeople(tx, viewer.userId, usernames);
  const { contentWarning: warnedOf, mentionedIds: named } = post;
  const earlier = { text: post.text, contentWarning: warnedOf, mentionedIds: named };
  await insertPostEdit(tx, { postId: id, ...earlier, editedAt });
  const edited = { ...post, text, contentWarning, hashtags, mentionedIds };
  await updatePostText(tx, edited, postLexemes(edited), editedAt);
  const { authorId, visibility } = post;
  await publish(tx, PostUpdated, { postId: id, authorId, visibility, mentionedIds });
  return id;
}
