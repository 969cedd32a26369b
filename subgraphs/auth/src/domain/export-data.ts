import { exportOf, source } from '@socialhub/platform/personal-data/data-export';
import type { Client } from '../store/client.ts';
import {
  listAccountForExport,
  listDecisionsForExport,
  listEmailChangesForExport,
  listPasskeysForExport,
  listSessionsForExport,
  listTwoFactorForExport,
} from '../store/export.ts';

/** What this service adds to the archive of a person's data. */
export const dataExport = exportOf<Client>('auth', [
  source('account', listAccountForExport, (row) => row.id),
  source('sessions', listSessionsForExport, (row) => row.id),
  source('passkeys', listPasskeysForExport, (row) => row.id),
  source('two-factor', listTwoFactorForExport, (row) => row.accountId),
  source('email-changes', listEmailChangesForExport, (row) => row.id),
  source('decisions', listDecisionsForExport, (row) => row.id),
]);
