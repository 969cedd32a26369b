import { AccountStandingChanged } from '@socialhub/platform/contracts/auth';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { updateStanding } from '../store/members/people.ts';

export const onAccountStandingChanged = consumer(
  AccountStandingChanged,
  async (tx: Tx, { data, sequence }) => {
    await updateStanding(tx, { id: data.userId, isActive: data.standing === 'ACTIVE', sequence });
  },
);
