import { exportOf, source } from '@socialhub/platform/personal-data/data-export';
import type { Client } from '../store/client.ts';
import {
  listBlockedForExport,
  listFollowersForExport,
  listFollowingForExport,
  listMutedForExport,
  listProfileForExport,
} from '../store/export.ts';

/** What this service adds to the archive of a person's data. */
export const dataExport = exportOf<Client>('user', [
  source('profile', listProfileForExport, (row) => row.id),
  source('following', listFollowingForExport, (row) => row.userId),
  source('followers', listFollowersForExport, (row) =>
    [row.standing, row.since.toISOString(), row.userId].join(' '),
  ),
  source('blocked', listBlockedForExport, (row) => row.userId),
  source('muted', listMutedForExport, (row) => row.userId),
]);
