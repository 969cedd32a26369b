import { AccountStandingChanged } from '@socialhub/platform/contracts/auth';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { updateStanding } from '../store/standings.ts';

export const onAccountStandingChanged = consumer(
  AccountStandingChanged,
  async (tx: Tx, { data, sequence }) => {
    await updateStanding(tx, { userId: data.userId, isActive: data.standing === 'ACTIVE', sequence });
  },
);
