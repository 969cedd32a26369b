import { exportOf, source } from '@socialhub/platform/personal-data/data-export';
import type { Client } from '../store/client.ts';
import { listDataExportsForExport, listMediaForExport } from '../store/export.ts';

/** What this service adds to the archive of a person's data, beside the files themselves. */
export const dataExport = exportOf<Client>('media', [
  source('media', listMediaForExport, (row) => row.id),
  source('data-exports', listDataExportsForExport, (row) => row.id),
]);
