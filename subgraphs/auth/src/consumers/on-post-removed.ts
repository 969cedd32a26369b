import { PostRemoved } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { noteModeration } from '../domain/moderation/note-moderation.ts';
import type { Tx } from '../store/client.ts';

export const onPostRemoved = consumer(PostRemoved, (tx: Tx, { data }) =>
  noteModeration(tx, 'POST_REMOVED', data),
);
