import { UserMuted } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateMute } from '@socialhub/platform/replicas/mutes';
import { silencePerson } from '../domain/silence-person.ts';
import type { Tx } from '../store/client.ts';

/** Who mutes somebody may want to be notified of what they do all the same. */
export const onUserMuted = consumer(UserMuted, async (tx: Tx, { data, sequence }) => {
  const { muterId, mutedId, notifications } = data;
  if (!(await updateMute(tx, { ...data, active: notifications, sequence }))) return;
  if (notifications) await silencePerson(tx, muterId, mutedId);
});
