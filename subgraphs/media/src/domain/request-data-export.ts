import { DataExportRequested } from '@socialhub/platform/contracts/data-export';
import { runIdempotent } from '@socialhub/platform/database/idempotency';
import { notFound, rateLimited } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { countRefusal } from '@socialhub/platform/metrics/refusals';
import type { Tx } from '../store/client.ts';
import {
  type DataExportRow,
  findDataExport,
  findExportWait,
  insertDataExport,
  lockExportsOf,
} from '../store/data-exports.ts';

/** How often somebody may have an archive made, and how long it is kept. */
export interface ExportSettings {
  everySeconds: number;
  keptSeconds: number;
}

/**
 * Begins an archive of all of the viewer's data: every service is asked for its part. With a key that began one it gives that
 * one, as it is now. Throws RATE_LIMITED.
 */
export async function requestDataExport(
  tx: Tx,
  { userId }: Viewer,
  input: { idempotencyKey?: string | null | undefined },
  settings: ExportSettings,
): Promise<DataExportRow> {
  const call = { viewerId: userId, operation: 'requestDataExport', key: input.idempotencyKey };
  const id = await runIdempotent(tx, call, () => begin(tx, userId, settings));
  const found = await findDataExport(tx, { id, userId });
  if (!found) throw notFound('Data export');
  return found;
}

async function begin(tx: Tx, userId: string, { everySeconds, keptSeconds }: ExportSettings): Promise<string> {
  await lockExportsOf(tx, userId);
  const wait = await findExportWait(tx, userId, everySeconds);
  if (wait !== null) {
    countRefusal('data exports');
    throw rateLimited(wait);
  }
  const exportId = uuidv7();
  await insertDataExport(tx, { id: exportId, userId }, keptSeconds);
  await publish(tx, DataExportRequested, { exportId, userId });
  return exportId;
}
