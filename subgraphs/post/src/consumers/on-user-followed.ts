import { UserFollowed } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { updateFollow } from '../store/visibility/follows.ts';

export const onUserFollowed = consumer(UserFollowed, async (tx: Tx, { data, sequence }) => {
  await updateFollow(tx, { ...data, active: true, sequence });
});
