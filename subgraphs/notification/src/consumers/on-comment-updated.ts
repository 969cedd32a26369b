import { CommentUpdated } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { notifyOfEditedComment } from '../domain/notify-of-comment.ts';
import type { Tx } from '../store/client.ts';

export const onCommentUpdated = consumer(CommentUpdated, (tx: Tx, { data, sequence, time }) =>
  notifyOfEditedComment(tx, data, { at: time, sequence }),
);
