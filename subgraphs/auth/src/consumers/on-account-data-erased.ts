import { AccountDataErased } from '@socialhub/platform/contracts/auth';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { insertErasurePart } from '../store/deletion/erasures.ts';

/** Adds a service's part to the report. */
export const onAccountDataErased = consumer(AccountDataErased, (tx: Tx, { data }) =>
  insertErasurePart(tx, {
    userId: data.userId,
    service: data.service,
    counts: data.counts,
    erasedAt: new Date(data.at),
  }),
);
