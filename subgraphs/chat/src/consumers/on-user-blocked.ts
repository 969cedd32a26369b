import { UserBlocked } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateBlock } from '@socialhub/platform/replicas/blocks';
import type { Tx } from '../store/client.ts';

export const onUserBlocked = consumer(UserBlocked, async (tx: Tx, { data, sequence }) => {
  await updateBlock(tx, { ...data, active: true, sequence });
});
