import { UserUnblocked } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import { updateBlock } from '@socialhub/platform/replicas/blocks';
import type { Tx } from '../store/client.ts';

export const onUserUnblocked = consumer(UserUnblocked, async (tx: Tx, { data, sequence }) => {
  await updateBlock(tx, { ...data, active: false, sequence });
});
