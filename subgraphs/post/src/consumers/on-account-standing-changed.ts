import { AccountStandingChanged } from '@socialhub/platform/contracts/auth';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { updateStanding } from '../store/visibility/people.ts';

export const onAccountStandingChanged = consumer(
  AccountStandingChanged,
  async (tx: Tx, { data, sequence }) => {
    const { userId, role, standing } = data;
    await updateStanding(tx, { id: userId, role, isActive: standing === 'ACTIVE', sequence });
  },
);
