import { awaitReplica } from '../database/await-replica.ts';
import type { RawSql } from '../database/sql-text.ts';
import { distinctIds } from '../distinct-ids.ts';
import { badUserInput } from '../errors.ts';
import { isRecent } from '../ids.ts';
import { listReadyMedia } from './ready-media.ts';

const field = 'input.mediaIds';
const maxMedia = 4;

/**
 * The media that a post or a message may carry: at most four, the viewer's own, ready. The event of one that has
 * just become ready may not have arrived yet, so that this waits a moment for it: call it outside of transactions. Throws BAD_USER_INPUT.
 */
export async function checkOwnMedia(
  reader: RawSql,
  asking: { viewerId: string; arrivedAt: number },
  mediaIds: readonly string[] | null | undefined,
): Promise<string[]> {
  const ids = distinctIds(field, mediaIds ?? [], maxMedia);
  if (ids.length === 0) return ids;
  const { viewerId, arrivedAt } = asking;
  const find = async () => {
    const media = await listReadyMedia(reader, ids);
    return media.length === ids.length ? media : null;
  };
  const known = await (ids.some((id) => isRecent(id))
    ? awaitReplica({ owner: viewerId, arrivedAt }, find)
    : find());
  if (!known?.every(({ ownerId, isDeleted }) => ownerId === viewerId && !isDeleted)) {
    throw badUserInput(field, 'must be media of your own that are ready');
  }
  return ids;
}
