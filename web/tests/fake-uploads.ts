import type { IncomingMessage, ServerResponse } from 'node:http';
import { badUserInput, nextId, refuse } from './fake-results.ts';
import type { Call, FakePost, FakeState, FakeUser } from './fake-state.ts';

export const mediaLimits = {
  mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  maxImageBytes: 16 * 1024 * 1024,
  maxVideoBytes: 0,
  maxPixels: 50_331_648,
  maxPerPost: 4,
};

/** The part of the graph that takes files, and the storage to which they are sent. */
export function uploadRoots(state: FakeState, call: Call, signedIn: () => FakeUser, origin: () => string) {
  const own = (id: string) => {
    const owner = signedIn();
    const found = state.media.get(id);
    if (!found || found.owner !== owner) throw refuse('NOT_FOUND', 'Media not found');
    return found;
  };
  return {
    mediaLimits: call('mediaLimits', () => mediaLimits),
    createUpload: call('createUpload', ({ input }: { input: Record<string, string> }) => {
      const owner = signedIn();
      const { mimeType = '', byteSize, idempotencyKey = '' } = input;
      if (!mediaLimits.mimeTypes.includes(mimeType)) throw badUserInput('input.mimeType', 'must be another');
      if (Number(byteSize) === 404)
        throw badUserInput('input.byteSize', 'is more than what is left of your storage, 12 bytes');
      const id = state.mediaKeys.get(idempotencyKey) ?? nextId('Media');
      state.mediaKeys.set(idempotencyKey, id);
      const media = state.media.get(id) ?? {
        id,
        owner,
        kind: 'IMAGE',
        status: 'AWAITING_UPLOAD',
        failure: null,
        altText: null,
        width: 8,
        height: 6,
        blurhash: null,
        url: `${origin()}/media/picture.png`,
      };
      state.media.set(id, media);
      return { media, ticket: { url: `${origin()}/uploads/${id}`, fields: [{ name: 'key', value: id }] } };
    }),
    completeUpload: call('completeUpload', ({ input }: { input: { mediaId: string } }) => {
      const media = own(input.mediaId);
      if (media.status === 'AWAITING_UPLOAD' && media.arrived !== true) media.failure = 'MISSING';
      else if (media.status === 'AWAITING_UPLOAD') media.status = 'PROCESSING';
      return { media };
    }),
    media: call('media', ({ id }: { id: string }) => {
      const media = own(id);
      if (media.status === 'PROCESSING') Object.assign(media, state.verdicts.pop() ?? { status: 'READY' });
      return media;
    }),
  };
}

/** Takes a file as the storage does, from pages of other origins too. */
export async function takeUpload(state: FakeState, request: IncomingMessage, response: ServerResponse) {
  const size = { bytes: 0 };
  for await (const chunk of request) size.bytes += (chunk as Buffer).length;
  const media = state.media.get(request.url?.split('/')[2] ?? '');
  state.calls.push('upload');
  const refused = state.refusedUploads.pop();
  if (refused || !media) {
    response.writeHead(refused ?? 403).end('<Error><Code>AccessDenied</Code></Error>');
    return;
  }
  media.arrived = true;
  media.failure = null;
  media.bytes = size.bytes;
  response.writeHead(204).end();
}

/** The media of a post by their ids. */
export const mediaOf = (state: FakeState, ids: readonly string[] = []): FakePost['media'] =>
  ids.map((id) => {
    const media = state.media.get(id);
    if (media?.status !== 'READY') throw badUserInput('input.mediaIds', 'must be READY');
    return media;
  });
