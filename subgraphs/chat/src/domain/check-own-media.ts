import { awaitReplica } from '@socialhub/platform/database/await-replica';
import { distinctIds } from '@socialhub/platform/distinct-ids';
import { badUserInput } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { isRecent } from '@socialhub/platform/ids';
import type { Reader } from '../store/client.ts';
import { listReadyMedia } from '../store/ready-media.ts';

const field = 'input.mediaIds';
const maxMedia = 4;

/**
 * The media that a message may carry: at most four, the viewer's own, ready. The event of one that has
 * just become ready may not have arrived yet, so that this waits a moment: call it outside of transactions. Throws BAD_USER_INPUT.
 */
export async function checkOwnMedia(
  reader: Reader,
  viewer: Viewer,
  mediaIds: readonly string[] | null | undefined,
): Promise<string[]> {
  const ids = distinctIds(field, mediaIds ?? [], maxMedia);
  if (ids.length === 0) return ids;
  const find = async () => {
    const media = await listReadyMedia(reader, ids);
    return media.length === ids.length ? media : null;
  };
  const known = await (ids.some((id) => isRecent(id)) ? awaitReplica(viewer.userId, find) : find());
  if (!known?.every(({ ownerId }) => ownerId === viewer.userId)) {
    throw badUserInput(field, 'must be media of your own that are ready');
  }
  return ids;
}
