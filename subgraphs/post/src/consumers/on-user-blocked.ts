import { UserBlocked } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { updateBlock } from '../store/visibility/blocks.ts';

export const onUserBlocked = consumer(UserBlocked, async (tx: Tx, { data, sequence }) => {
  await updateBlock(tx, { ...data, active: true, sequence });
});
