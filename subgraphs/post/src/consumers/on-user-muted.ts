import { UserMuted } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateMute } from '@socialhub/platform/replicas/mutes';
import type { Tx } from '../store/client.ts';

export const onUserMuted = consumer(UserMuted, async (tx: Tx, { data, sequence }) => {
  await updateMute(tx, { ...data, active: true, sequence });
});
