import { BellSilenced } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { updateBell } from '../store/follows.ts';

export const onBellSilenced = consumer(BellSilenced, async (tx: Tx, { data, sequence }) => {
  await updateBell(tx, { ...data, bell: false, sequence });
});
