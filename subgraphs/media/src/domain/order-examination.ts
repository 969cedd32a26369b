import { defineTask } from '@socialhub/platform/durable-tasks/task-kind';
import { insertTask } from '@socialhub/platform/durable-tasks/tasks';
import * as z from 'zod';
import type { Tx } from '../store/client.ts';
import { type MediaRow, updateProcessing } from '../store/media.ts';

/** The task that examines a file (tasks/examine-media.ts). */
export const examineMediaKind = defineTask('examine_media', { mediaId: z.uuid() });

/** Has a file that has arrived examined, in its owner's turn. Does nothing when it is ordered or settled already. */
export async function orderExamination(tx: Tx, { id, ownerId }: MediaRow): Promise<void> {
  if (await updateProcessing(tx, id))
    await insertTask(tx, examineMediaKind, { mediaId: id }, { owner: ownerId });
}
