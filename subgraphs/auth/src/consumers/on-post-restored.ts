import { PostRestored } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { noteModeration } from '../domain/moderation/note-moderation.ts';
import type { Tx } from '../store/client.ts';

export const onPostRestored = consumer(PostRestored, (tx: Tx, { data }) =>
  noteModeration(tx, 'POST_RESTORED', data),
);
