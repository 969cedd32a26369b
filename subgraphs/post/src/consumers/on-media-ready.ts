import { MediaReady } from '@socialhub/platform/contracts/media';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { insertReadyMedia } from '../store/posts/ready-media.ts';

export const onMediaReady = consumer(MediaReady, async (tx: Tx, { data }) => {
  await insertReadyMedia(tx, data.mediaId, data.ownerId);
});
