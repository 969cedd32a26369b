import { runIdempotent } from '@socialhub/platform/database/idempotency';
import { badUserInput, rateLimited } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { countRefusal } from '@socialhub/platform/metrics/refusals';
import type { CreateUploadInput } from '../generated/resolvers.ts';
import type { Tx } from '../store/client.ts';
import { countUnderWay, insertMedia, lockUploadsOf, postponeSweep, sumStored } from '../store/media.ts';
import { checkAltText } from './alt-text.ts';
import { imageTypeOf, limits, type UploadBounds } from './limits.ts';

/** Seconds until somebody with too many files on their way should try again. */
const retryAfter = 30;

/** Notes that the viewer is about to upload a file and gives the media's id. Throws BAD_USER_INPUT, RATE_LIMITED. */
export async function createUpload(
  tx: Tx,
  viewer: Viewer,
  input: CreateUploadInput,
  bounds: UploadBounds,
): Promise<string> {
  const { byteSize } = input;
  const mimeType = imageTypeOf(input.mimeType);
  if (!mimeType) {
    throw badUserInput(
      'input.mimeType',
      `must be one of ${limits.mimeTypes.join(', ')}; pictures of other types, such as HEIC, have to be converted first`,
    );
  }
  if (byteSize < 1 || byteSize > limits.maxImageBytes) {
    throw badUserInput('input.byteSize', `must be from 1 to ${limits.maxImageBytes}`);
  }
  const altText = checkAltText(input.altText);

  const call = { viewerId: viewer.userId, operation: 'createUpload', key: input.idempotencyKey };
  const mediaId = await runIdempotent(tx, call, async () => {
    await requireRoom(tx, viewer.userId, byteSize, bounds);
    const id = uuidv7();
    await insertMedia(tx, { id, ownerId: viewer.userId, kind: 'IMAGE', mimeType, byteSize, altText });
    return id;
  });
  await postponeSweep(tx, mediaId);
  return mediaId;
}

/** Of uploads that begin at the same moment each sees those before it. */
async function requireRoom(tx: Tx, ownerId: string, byteSize: number, bounds: UploadBounds): Promise<void> {
  await lockUploadsOf(tx, ownerId);
  if ((await countUnderWay(tx, ownerId, bounds.underWay)) >= bounds.underWay) {
    countRefusal('uploads');
    throw rateLimited(retryAfter);
  }
  if (bounds.quotaBytes === 0) return;
  const left = bounds.quotaBytes - (await sumStored(tx, ownerId));
  if (byteSize > left) {
    countRefusal('storage');
    throw badUserInput(
      'input.byteSize',
      `is more than what is left of your storage, ${Math.max(0, left)} bytes`,
    );
  }
}
