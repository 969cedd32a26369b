import { UserFollowed } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateFollow } from '@socialhub/platform/replicas/follows';
import type { Tx } from '../store/client.ts';

export const onUserFollowed = consumer(UserFollowed, async (tx: Tx, { data, sequence }) => {
  await updateFollow(tx, { ...data, active: true, sequence });
});
