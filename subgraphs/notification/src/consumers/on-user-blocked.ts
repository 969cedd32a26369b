import { UserBlocked } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateBlock } from '../store/blocks.ts';
import type { Tx } from '../store/client.ts';
import { deleteActor } from '../store/take-back.ts';

/** Nobody is told any more of what the other did. */
export const onUserBlocked = consumer(UserBlocked, async (tx: Tx, { data, sequence }) => {
  if (!(await updateBlock(tx, { ...data, active: true, sequence }))) return;
  await deleteActor(tx, data.blockerId, data.blockedId);
  await deleteActor(tx, data.blockedId, data.blockerId);
});
