import * as z from 'zod';
import { DataExportPart, DataExportRequested } from '../contracts/data-export.ts';
import type { ServiceName } from '../contracts/services.ts';
import type { Tx } from '../database/database.ts';
import { defineTask } from '../durable-tasks/task-kind.ts';
import { insertTask, type Task, task } from '../durable-tasks/tasks.ts';
import type { Json } from '../events/broker.ts';
import { type Consumer, consumer } from '../events/consumer.ts';
import { publish } from '../events/outbox.ts';

const kind = defineTask('export_data', { exportId: z.uuid(), userId: z.uuid() });
/** Few enough that a piece of the longest rows is a message of a megabyte or so. */
const pageSize = 100;

/** One file of a person's archive: what of theirs this service keeps there, in the order of a cursor. */
export interface ExportSource<Client> {
  /** As `posts`, which makes `post/posts.json`. */
  file: string;
  /** At most `limit` rows of the person behind the cursor (null: from the beginning), as the archive is to show them. */
  page(
    tx: Tx<Client>,
    userId: string,
    after: Json,
    limit: number,
  ): Promise<{ rows: readonly object[]; next: Json }>;
}

type Progress = { source: number; after: Json; index: number };

/** A service's part in the export of a person's data: what consumes the request, and the task that sends the pieces. */
export function exportOf<Client>(
  service: ServiceName,
  sources: readonly ExportSource<Client>[],
): { consumer: Consumer<Client>; task: Task<Client> } {
  return {
    consumer: consumer<Client, { exportId: string; userId: string }>(DataExportRequested, (tx, { data }) =>
      insertTask(tx, kind, data, { owner: data.userId }),
    ),
    task: task<Client, Progress, { exportId: string; userId: string }>(kind, ({ db }, step) =>
      db.transaction(async (tx) => {
        const { exportId, userId } = step.payload;
        const { source: at, after, index } = step.progress ?? { source: 0, after: null, index: 0 };
        const source = sources[at];
        if (!source) throw new Error(`the export of ${service} has no source ${at}`);
        const { rows, next } = await source.page(tx, userId, after, pageSize);
        const isSourceDone = rows.length < pageSize;
        const last = isSourceDone && at === sources.length - 1;
        const lines = rows.map((row) => JSON.stringify(row)).join('\n');
        await publish(tx, DataExportPart, {
          exportId,
          service,
          index,
          file: source.file,
          rows: rows.length,
          lines,
          last,
        });
        if (last) await step.finish(tx);
        else {
          const place = isSourceDone ? { source: at + 1, after: null } : { source: at, after: next };
          await step.save(tx, { ...place, index: index + 1 });
        }
      }),
    ),
  };
}

/** A source with a text for a cursor, which `keyOf` reads out of a row. */
export const source = <Client, Row extends object>(
  file: string,
  list: (tx: Tx<Client>, userId: string, after: string | null, limit: number) => PromiseLike<Row[]>,
  keyOf: (row: Row) => string,
): ExportSource<Client> => ({
  file,
  async page(tx, userId, after, limit) {
    const rows = await list(tx, userId, after === null ? null : String(after), limit);
    const last = rows.at(-1);
    return { rows, next: last === undefined ? null : keyOf(last) };
  },
});
