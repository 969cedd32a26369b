import { UserUnfollowed } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateFollow } from '@socialhub/platform/replicas/follows';
import { forgetUnwanted } from '../domain/forget-unwanted.ts';
import type { Tx } from '../store/client.ts';
import { deleteFollows } from '../store/retract.ts';

/** A request that was withdrawn can't be answered; a follow that was read has been. */
export const onUserUnfollowed = consumer(UserUnfollowed, async (tx: Tx, { data, sequence }) => {
  if (!(await updateFollow(tx, { ...data, active: false, sequence }))) return;
  const pair = { recipientId: data.followeeId, actorId: data.followerId };
  await deleteFollows(tx, pair, ['FOLLOW'], { unreadOnly: true });
  await deleteFollows(tx, pair, ['FOLLOW_REQUEST']);
  // Who is followed no more, or was never, has let nobody in.
  await deleteFollows(tx, { recipientId: data.followerId, actorId: data.followeeId }, ['FOLLOW_ACCEPTED']);
  await forgetUnwanted(tx, data.followerId);
});
