import { badUserInput } from '@socialhub/platform/errors';
import { once } from '@socialhub/platform/idempotency';
import type { Viewer } from '@socialhub/platform/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { checkText } from '@socialhub/platform/text/check-text';
import type { CreateUploadInput } from '../generated/resolvers.ts';
import type { Tx } from '../store/client.ts';
import { insertMedia, postponeSweep } from '../store/media.ts';
import { isImageType, limits } from './limits.ts';

/** Notes that the viewer is about to upload a file and gives the media's id. Throws BAD_USER_INPUT. */
export async function createUpload(tx: Tx, viewer: Viewer, input: CreateUploadInput): Promise<string> {
  const { mimeType, byteSize } = input;
  if (!isImageType(mimeType)) {
    throw badUserInput('input.mimeType', `must be one of ${limits.mimeTypes.join(', ')}`);
  }
  if (byteSize < 1 || byteSize > limits.maxImageBytes) {
    throw badUserInput('input.byteSize', `must be from 1 to ${limits.maxImageBytes}`);
  }
  const altText = checkText('input.altText', input.altText ?? '', { max: limits.maxAltText }) || null;

  const call = { viewerId: viewer.userId, operation: 'createUpload', key: input.idempotencyKey };
  const mediaId = await once(tx, call, async () => {
    const id = uuidv7();
    await insertMedia(tx, { id, ownerId: viewer.userId, kind: 'IMAGE', mimeType, byteSize, altText });
    return id;
  });
  await postponeSweep(tx, mediaId);
  return mediaId;
}
