import { AccountDeleted } from '@socialhub/platform/contracts/auth';
import { consumer } from '@socialhub/platform/events/consumer';
import { orderErasure } from '@socialhub/platform/personal-data/erasure';
import type { Tx } from '../store/client.ts';

/** Erases this service's part, in the background. */
export const onAccountDeleted = consumer(AccountDeleted, (tx: Tx, { data }) => orderErasure(tx, data.userId));
