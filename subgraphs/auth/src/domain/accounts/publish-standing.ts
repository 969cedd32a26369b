import { AccountStandingChanged, type Standing } from '@socialhub/platform/contracts/auth';
import { publish } from '@socialhub/platform/events/outbox';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';

const standingOf = ({ suspendedAt, deactivatedAt, deleteAfter }: AccountRow): Standing => {
  if (suspendedAt) return 'SUSPENDED';
  if (deleteAfter) return 'PENDING_DELETION';
  return deactivatedAt ? 'DEACTIVATED' : 'ACTIVE';
};

/** Publishes how an account stands after a change. The caller holds its row, so that changes are published in order. */
export const publishStanding = (tx: Tx, account: AccountRow): Promise<void> =>
  publish(tx, AccountStandingChanged, {
    userId: account.id,
    role: account.role,
    standing: standingOf(account),
    at: new Date().toISOString(),
  });
