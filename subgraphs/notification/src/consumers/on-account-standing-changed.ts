import { AccountStandingChanged } from '@socialhub/platform/contracts/auth';
import { consumer } from '@socialhub/platform/events/consumer';
import { changeStanding } from '../domain/change-standing.ts';
import type { Tx } from '../store/client.ts';

export const onAccountStandingChanged = consumer(
  AccountStandingChanged,
  async (tx: Tx, { data, sequence }) => {
    await changeStanding(tx, { userId: data.userId, isActive: data.standing === 'ACTIVE', sequence });
  },
);
