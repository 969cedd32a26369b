import { batchLoader, groupLoader } from '@socialhub/platform/database/loaders';
import { listAccounts } from './accounts/accounts.ts';
import type { Reader } from './client.ts';
import { listAuditEntriesById } from './moderation/audit-log.ts';
import { listPasskeys } from './passkeys/passkeys.ts';
import { listLiveSessions } from './sessions/sessions.ts';
import { listTwoFactors } from './two-factor/two-factors.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The batched reads of one request. */
export const createLoaders = (reader: Reader) => ({
  account: batchLoader(
    (ids) => listAccounts(reader, ids),
    (row) => row.id,
  ),
  auditEntry: batchLoader(
    (ids) => listAuditEntriesById(reader, ids),
    (row) => row.id,
  ),
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
