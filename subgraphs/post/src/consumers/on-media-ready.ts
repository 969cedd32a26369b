import { MediaReady } from '@socialhub/platform/contracts/media';
import { consumer } from '@socialhub/platform/events/consumer';
import { insertReadyMedia } from '@socialhub/platform/replicas/ready-media';
import type { Tx } from '../store/client.ts';

export const onMediaReady = consumer(MediaReady, async (tx: Tx, { data }) => {
  await insertReadyMedia(tx, { id: data.mediaId, ownerId: data.ownerId });
});
