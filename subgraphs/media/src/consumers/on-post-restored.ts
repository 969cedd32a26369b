import { PostRestored } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { updateWithheld } from '../store/media.ts';

export const onPostRestored = consumer(PostRestored, async (tx: Tx, { data, sequence }) => {
  await updateWithheld(tx, { mediaIds: data.mediaIds, isWithheld: false, sequence });
});
