import { DataExportRequested } from '@socialhub/platform/contracts/data-export';
import { rateLimited } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { countRefusal } from '@socialhub/platform/metrics/refusals';
import type { Tx } from '../store/client.ts';
import {
  type DataExportRow,
  findExportWait,
  insertDataExport,
  lockExportsOf,
} from '../store/data-exports.ts';

/** How often somebody may have an archive made, and how long it is kept. */
export interface ExportSettings {
  everySeconds: number;
  keptSeconds: number;
}

/** Begins an archive of all of the viewer's data: every service is asked for its part. Throws RATE_LIMITED. */
export async function requestDataExport(
  tx: Tx,
  viewer: Viewer,
  { everySeconds, keptSeconds }: ExportSettings,
): Promise<DataExportRow> {
  const { userId } = viewer;
  await lockExportsOf(tx, userId);
  const wait = await findExportWait(tx, userId, everySeconds);
  if (wait !== null) {
    countRefusal('data exports');
    throw rateLimited(wait);
  }
  const begun = await insertDataExport(tx, { id: uuidv7(), userId }, keptSeconds);
  await publish(tx, DataExportRequested, { exportId: begun.id, userId });
  return begun;
}
