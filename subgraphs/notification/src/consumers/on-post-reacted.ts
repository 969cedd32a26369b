import { PostReacted } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { noteReaction } from '../domain/note-reaction.ts';
import type { Tx } from '../store/client.ts';

export const onPostReacted = consumer(PostReacted, (tx: Tx, { data, sequence }) =>
  noteReaction(tx, { ...data, active: true, sequence }),
);
