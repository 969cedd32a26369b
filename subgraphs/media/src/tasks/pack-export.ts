import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataExportReady } from '@socialhub/platform/contracts/data-export';
import { dataExportOf } from '@socialhub/platform/contracts/signals';
import { type Task, TaskLost, task } from '@socialhub/platform/durable-tasks/tasks';
import { publish, signalAfterCommit } from '@socialhub/platform/events/outbox';
import type { ExportSettings } from '../domain/request-data-export.ts';
import { packExportKind } from '../domain/take-export-part.ts';
import { writeArchive } from '../domain/write-archive.ts';
import type { Client } from '../store/client.ts';
import { findDataExport, findDataExportForUpdate, updateExportReady } from '../store/data-exports.ts';
import type { Objects } from '../store/objects.ts';

/** Makes the archive out of its pieces and the person's files, and puts it where they can fetch it. */
export const packExport = (objects: Objects, { keptSeconds }: ExportSettings): Task<Client> =>
  task<Client, null, { exportId: string }>(
    packExportKind,
    async ({ db }, step) => {
      const { exportId: id } = step.payload;
      const found = await findDataExport(db.prisma, { id });
      if (found?.status !== 'PACKING') return db.transaction((tx) => step.finish(tx));
      const folder = await mkdtemp(join(tmpdir(), 'socialhub-export-'));
      try {
        const path = join(folder, 'archive.zip');
        await writeArchive({ db, objects, signal: step.signal }, found, path);
        const { size } = await stat(path);
        await objects.putArchive(id, path, size, step.signal);
        const isWanted = await db.transaction(async (tx) => {
          const present = await findDataExportForUpdate(tx, id);
          if (!present) return false;
          if (present.status !== 'PACKING') throw new TaskLost();
          const { userId, expiresAt } = await updateExportReady(tx, id, size, keptSeconds);
          await publish(tx, DataExportReady, { exportId: id, userId, expiresAt: expiresAt.toISOString() });
          await signalAfterCommit(tx, dataExportOf(id));
          await step.finish(tx);
          return true;
        });
        if (isWanted) return;
        // Its owner was erased meanwhile: nobody would look for it again.
        await objects.removeArchive(id);
        await db.transaction((tx) => step.finish(tx));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    { lanes: 1, perOwner: 1, budgetMs: 30 * 60_000 },
  );
