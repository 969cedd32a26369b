import { CommentCreated } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { notifyOfComment } from '../domain/notify-of-comment.ts';
import type { Tx } from '../store/client.ts';

export const onCommentCreated = consumer(CommentCreated, (tx: Tx, { data, sequence }) =>
  notifyOfComment(tx, data, { at: new Date(data.createdAt), sequence }),
);
