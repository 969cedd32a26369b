import { CommentRestored } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { noteModeration } from '../domain/moderation/note-moderation.ts';
import type { Tx } from '../store/client.ts';

export const onCommentRestored = consumer(CommentRestored, (tx: Tx, { data }) =>
  noteModeration(tx, 'COMMENT_RESTORED', data),
);
