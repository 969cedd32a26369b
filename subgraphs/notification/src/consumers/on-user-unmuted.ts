import { UserUnmuted } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateMute } from '@socialhub/platform/replicas/mutes';
import type { Tx } from '../store/client.ts';

/** What was done meanwhile is not told of. */
export const onUserUnmuted = consumer(UserUnmuted, async (tx: Tx, { data, sequence }) => {
  await updateMute(tx, { ...data, active: false, until: null, sequence });
});
