import { exportOf, source } from '@socialhub/platform/personal-data/data-export';
import type { Client } from '../store/client.ts';
import { listNotificationsForExport, listPreferencesForExport } from '../store/export.ts';

/** What this service adds to the archive of a person's data. */
export const dataExport = exportOf<Client>('notification', [
  source('notifications', listNotificationsForExport, (row) => row.groupKey),
  source('preferences', listPreferencesForExport, (row) => row.type),
]);
