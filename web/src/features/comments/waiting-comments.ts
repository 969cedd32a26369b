import { type Waiting, waitingOf } from '../outbox/outbox.ts';

/** A comment that waits for a connection. */
export interface WaitingComment extends Waiting {
  postId: string;
  parentId: string | null;
  text: string;
}

export const COMMENT = 'comment';

export const isWaitingComment = (item: Waiting): item is WaitingComment =>
  item.kind === COMMENT && 'postId' in item && 'text' in item;

export const waitingComments = waitingOf(isWaitingComment);
