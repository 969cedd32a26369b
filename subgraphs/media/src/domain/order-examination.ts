import { insertTask } from '@socialhub/platform/durable-tasks/tasks';
import type { Tx } from '../store/client.ts';
import { type MediaRow, updateProcessing } from '../store/media.ts';

/** The task that examines a file (tasks/examine-media.ts); its subject is the media. */
export const examineMediaKind = 'examine_media';

/** Has a file that has arrived examined, in its owner's turn. Does nothing when it is ordered or settled already. */
export async function orderExamination(tx: Tx, { id, ownerId }: MediaRow): Promise<void> {
  if (await updateProcessing(tx, id)) await insertTask(tx, examineMediaKind, id, { owner: ownerId });
}
