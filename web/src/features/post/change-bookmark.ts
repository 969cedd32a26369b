import { textsNow } from '#texts';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import type { BookmarkButtonFragment } from './generated/bookmark-button.ts';
import { BookmarkPostDocument, RemoveBookmarkDocument } from './generated/documents.ts';

/** Puts a bookmark on a post or takes it away, as the form's `intent` says; gives a text when it is refused. */
export async function changeBookmark(send: Send, form: unknown): Promise<string | null> {
  const t = await textsNow('post');
  const { intent, postId } = readFields(form, ['intent', 'postId']);
  if (intent !== 'bookmark' && intent !== 'remove') return await messageOf(undefined);
  const { faults } = await (intent === 'bookmark' ? put(send, postId) : remove(send, postId));
  if (faults.length === 0) return null;
  const { fields, message } = await formFaults(faults, {}, { postId: t('thisPost') });
  return fields.postId ?? message;
}

const standing = (id: string, viewerHasBookmarked: boolean): BookmarkButtonFragment => ({
  __typename: 'Post',
  id,
  viewerHasBookmarked,
});

const put = (send: Send, postId: string) =>
  send(
    BookmarkPostDocument,
    { postId },
    {
      expect: () => ({
        bookmarkPost: { __typename: 'BookmarkPostPayload' as const, post: standing(postId, true) },
      }),
    },
  );

const remove = (send: Send, postId: string) =>
  send(
    RemoveBookmarkDocument,
    { postId },
    {
      expect: () => ({
        removeBookmark: { __typename: 'RemoveBookmarkPayload' as const, post: standing(postId, false) },
      }),
    },
  );
