import { AccountStandingChanged } from '@socialhub/platform/contracts/auth';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { updateStanding } from '../store/profiles/profiles.ts';

export const onAccountStandingChanged = consumer(AccountStandingChanged, (tx: Tx, { data, sequence }) =>
  updateStanding(tx, { id: data.userId, isActive: data.standing === 'ACTIVE', sequence }),
);
