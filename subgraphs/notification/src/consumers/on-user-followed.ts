import { UserFollowed } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateFollow } from '@socialhub/platform/replicas/follows';
import { notifyOfAcceptance } from '../domain/notify-of-acceptance.ts';
import { notifyOfFollow } from '../domain/notify-of-follow.ts';
import type { Tx } from '../store/client.ts';

export const onUserFollowed = consumer(UserFollowed, async (tx: Tx, { data, sequence }) => {
  if (!(await updateFollow(tx, { ...data, active: true, sequence }))) return;
  if (data.isAccepted) await notifyOfAcceptance(tx, data);
  else await notifyOfFollow(tx, 'FOLLOW', data);
});
