import { MediaReady } from '@socialhub/platform/contracts/media';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { insertReadyImage } from '../store/profiles/ready-images.ts';

/** Remembers who may use an image as avatar or banner. */
export const onMediaReady = consumer(MediaReady, async (tx: Tx, { data }) => {
  if (data.kind === 'IMAGE') await insertReadyImage(tx, { mediaId: data.mediaId, ownerId: data.ownerId });
});
