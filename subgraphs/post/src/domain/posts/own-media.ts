import { awaitReplica } from '@socialhub/platform/database/await-replica';
import { distinctIds } from '@socialhub/platform/distinct-ids';
import { badUserInput } from '@socialhub/platform/errors';
import { isRecent } from '@socialhub/platform/ids';
import type { Reader } from '../../store/client.ts';
import { listReadyMedia } from '../../store/posts/ready-media.ts';

const field = 'input.mediaIds';
const maxMedia = 4;

/**
 * The media that a post may carry: at most four, the viewer's own, ready. The event of one that has
 * just become ready may not have arrived yet, so that this waits a moment for it: call it outside of transactions. Throws BAD_USER_INPUT.
 */
export async function checkOwnMedia(
  db: Reader,
  viewerId: string,
  mediaIds: readonly string[] | null | undefined,
): Promise<string[]> {
  const ids = distinctIds(field, mediaIds ?? [], maxMedia);
  if (ids.length === 0) return ids;
  const find = async () => {
    const media = await listReadyMedia(db, ids);
    return media.length === ids.length ? media : null;
  };
  const known = await (ids.some((id) => isRecent(id)) ? awaitReplica(viewerId, find) : find());
  if (!known?.every(({ ownerId }) => ownerId === viewerId)) {
    throw badUserInput(field, 'must be media of your own that are ready');
  }
  return ids;
}
