import { type Waiting, waitingOf } from '../outbox/outbox.ts';
import type { Draft } from './draft.ts';

/** A post that waits for a connection. */
export interface WaitingPost extends Waiting, Pick<Draft, 'text' | 'warning' | 'visibility' | 'pictures'> {
  quoteOfId: string | null;
}

/** They are sent in the order in which they were written. */
export const POSTS = { kind: 'post', lane: 'posts' } as const;

export const isWaitingPost = (item: Waiting): item is WaitingPost =>
  item.kind === POSTS.kind && 'pictures' in item && 'visibility' in item;

export const waitingPosts = waitingOf(isWaitingPost);
