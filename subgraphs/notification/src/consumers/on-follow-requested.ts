import { FollowRequested } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateFollow } from '@socialhub/platform/replicas/follows';
import { notifyOfFollow } from '../domain/notify-of-follow.ts';
import type { Tx } from '../store/client.ts';

export const onFollowRequested = consumer(FollowRequested, async (tx: Tx, { data, sequence }) => {
  if (await updateFollow(tx, { ...data, active: false, sequence })) {
    await notifyOfFollow(tx, 'FOLLOW_REQUEST', data);
  }
});
