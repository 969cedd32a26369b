import { MediaDeleted } from '@socialhub/platform/contracts/media';
import { consumer } from '@socialhub/platform/events/consumer';
import { markMediaDeleted } from '@socialhub/platform/replicas/ready-media';
import type { Tx } from '../store/client.ts';

/** It is left out of what shows it, and can't be attached any more. */
export const onMediaDeleted = consumer(MediaDeleted, async (tx: Tx, { data }) => {
  await markMediaDeleted(tx, { id: data.mediaId, ownerId: data.ownerId });
});
