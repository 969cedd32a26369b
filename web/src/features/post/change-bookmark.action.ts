'use server';

import { refresh } from 'next/cache';
import { formFaults, messageOf, readFields } from '../../actions/form-state.ts';
import { change } from '../../gateway/client.ts';
import { BookmarkPostMutation, RemoveBookmarkMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

const MUTATIONS = { bookmark: BookmarkPostMutation, remove: RemoveBookmarkMutation };

/** Puts a bookmark on a post or takes it away, as the form's `intent` says; gives a text when it is refused. */
export async function changeBookmark(_before: unknown, data: unknown): Promise<string | null> {
  const { intent, postId } = readFields(data, ['intent', 'postId']);
  if (!Object.hasOwn(MUTATIONS, intent)) return messageOf(undefined);
  const mutation = MUTATIONS[intent as keyof typeof MUTATIONS];
  const input = { postId };
  const { faults } = await change<object, { input: typeof input }>(
    mutation,
    { input },
    await currentCaller(),
  );
  if (faults.length > 0) {
    const { fields, message } = formFaults(faults, {}, { postId: 'This post' });
    return fields.postId ?? message;
  }
  refresh();
  return null;
}
