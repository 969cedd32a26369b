import { serviceNames } from '@socialhub/platform/contracts/services';
import { dataExportOf } from '@socialhub/platform/contracts/signals';
import { defineTask } from '@socialhub/platform/durable-tasks/task-kind';
import { insertTask } from '@socialhub/platform/durable-tasks/tasks';
import { signalAfterCommit } from '@socialhub/platform/events/outbox';
import * as z from 'zod';
import type { Tx } from '../store/client.ts';
import {
  countFinishedParts,
  type ExportPartRow,
  findDataExportForUpdate,
  insertExportPart,
  updateExportStatus,
} from '../store/data-exports.ts';

/** The task that packs an archive (tasks/pack-export.ts). */
export const packExportKind = defineTask('pack_export', { exportId: z.uuid() });

/** Keeps a piece of an archive; with the last piece of the last service it can be packed. */
export async function takeExportPart(tx: Tx, part: ExportPartRow): Promise<void> {
  const { exportId: id } = part;
  const found = await findDataExportForUpdate(tx, id);
  // It was given up meanwhile, or is packed: the piece came a second time.
  if (found?.status !== 'GATHERING') return;
  await insertExportPart(tx, part);
  if (!part.last) return;
  const isWhole = (await countFinishedParts(tx, id)) === serviceNames.length;
  await updateExportStatus(tx, id, isWhole ? 'PACKING' : 'GATHERING');
  if (isWhole) await insertTask(tx, packExportKind, { exportId: id }, { owner: found.userId });
  await signalAfterCommit(tx, dataExportOf(id));
}
