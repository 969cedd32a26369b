import { UserBlocked } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateBlock } from '@socialhub/platform/replicas/blocks';
import { partPeople } from '../domain/part-people.ts';
import type { Tx } from '../store/client.ts';

/** Nobody is notified any more of what the other did. */
export const onUserBlocked = consumer(UserBlocked, async (tx: Tx, { data, sequence }) => {
  if (!(await updateBlock(tx, { ...data, active: true, sequence }))) return;
  await partPeople(tx, data.blockerId, data.blockedId);
});
