import { batchLoader, groupLoader } from '@socialhub/platform/loaders';
import type { Reader } from './client.ts';
import { listPasskeys } from './passkeys/passkeys.ts';
import { listLiveSessions } from './sessions/sessions.ts';
import { listTwoFactors } from './two-factor/two-factors.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The batched reads of one request. */
export const createLoaders = (reader: Reader) => ({
  sessions: groupLoader(
    (accountIds) => listLiveSessions(reader, accountIds),
    (row) => row.accountId,
  ),
  passkeys: groupLoader(
    (accountIds) => listPasskeys(reader, accountIds),
    (row) => row.accountId,
  ),
  twoFactor: batchLoader(
    (accountIds) => listTwoFactors(reader, accountIds),
    (row) => row.accountId,
  ),
});
