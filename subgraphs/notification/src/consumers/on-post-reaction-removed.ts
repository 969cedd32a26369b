import { PostReactionRemoved } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { noteReaction } from '../domain/note-reaction.ts';
import type { Tx } from '../store/client.ts';

export const onPostReactionRemoved = consumer(PostReactionRemoved, (tx: Tx, { data, sequence }) =>
  noteReaction(tx, { ...data, active: false, sequence }),
);
