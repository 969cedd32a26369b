import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { AccountStandingChanged, type Standing } from '@socialhub/platform/contracts/auth';
import { MediaReady } from '@socialhub/platform/contracts/media';
import { PostRemoved, PostRestored } from '@socialhub/platform/contracts/post';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import type { TestService } from '@socialhub/platform/testing/test-service';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { animation, hugePng, jpegWithGps, picture } from './files.ts';
import { startMedia } from './start-media.ts';

const owner = uuidv7();
const stranger = uuidv7();
let home: Awaited<ReturnType<typeof startMedia>>;
let service: TestService;

beforeAll(async () => {
  home = await startMedia({ UPLOADS_UNDER_WAY: '1000' });
  service = home.service;
});
afterAll(() => home?.stop());

const fields = 'id kind status failure mimeType byteSize width height duration altText blurhash';
const createMutation = `mutation ($input: CreateUploadInput!) {
  createUpload(input: $input) { media { ${fields} url } ticket { url expiresAt fields { name value } } } }`;
const completeMutation = `mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { media { ${fields}
  original: url(variant: ORIGINAL) large: url thumbnail: url(variant: THUMBNAIL) poster: url(variant: POSTER) } } }`;

interface Ticket {
  media: { id: string };
  url: string;
  fields: { name: string; value: string }[];
}

const create = async (input: object, who = owner) => {
  const { media, ticket } = dataOf(await service.as(who).execute(createMutation, { input })).createUpload;
  return { media, ...ticket };
};
const tryComplete = (mediaId: string, who: string | null = owner) =>
  service.as(who).execute(completeMutation, { input: { mediaId } });
const complete = async (id: string) => dataOf(await tryComplete(id)).completeUpload.media;

async function send(ticket: Ticket, bytes: Buffer): Promise<number> {
  const form = new FormData();
  for (const { name, value } of ticket.fields) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), 'picture');
  return (await fetch(ticket.url, { method: 'POST', body: form })).status;
}

/** The whole way of a file, as a client goes it. */
async function upload(bytes: Buffer, mimeType: string, byteSize = bytes.length) {
  const ticket = await create({ mimeType, byteSize });
  expect(await send(ticket, bytes)).toBe(204);
  return complete(ticket.media.id);
}

async function keys(prefix: string): Promise<string[]> {
  const { accessKeyId, secretAccessKey } = home.storage;
  const client = new S3Client({
    endpoint: home.storage.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  const { Contents = [] } = await client.send(
    new ListObjectsV2Command({ Bucket: home.storage.bucket, Prefix: prefix }),
  );
  client.destroy();
  return Contents.map(({ Key }) => Key ?? '');
}

describe('a good picture', () => {
  test('goes from ticket to three variants, without the place where it was taken', async () => {
    const file = await jpegWithGps(3_000, 2_000);
    const ticket = await create({
      mimeType: 'image/jpeg',
      byteSize: file.length,
      altText: '  A bridge  ',
    });
    expect(ticket.media).toMatchObject({
      kind: 'IMAGE',
      status: 'AWAITING_UPLOAD',
      failure: null,
      altText: 'A bridge',
      url: null,
    });
    expect(Date.parse(ticket.expiresAt) - Date.now()).toBeGreaterThan(10 * 60_000);
    expect(await send(ticket, file)).toBe(204);
    const media = await complete(ticket.media.id);
    expect(media).toMatchObject({
      status: 'READY',
      failure: null,
      mimeType: 'image/jpeg',
      width: 2_000,
      height: 3_000,
      duration: null,
      poster: null,
      altText: 'A bridge',
    });
    expect(media.blurhash).toMatch(/^.{28}$/);

    const read = async (url: string) => {
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-disposition')).toBe('inline');
      const bytes = Buffer.from(await response.arrayBuffer());
      const { format, width, height, exif } = await sharp(bytes).metadata();
      expect(exif).toBeUndefined();
      return { type: response.headers.get('content-type'), format, width, height, size: bytes.length };
    };
    expect(await read(media.original)).toEqual({
      type: 'image/jpeg',
      format: 'jpeg',
      width: 2_000,
      height: 3_000,
      size: media.byteSize,
    });
    expect(await read(media.large)).toMatchObject({ type: 'image/webp', width: 1_365, height: 2_048 });
    expect(await read(media.thumbnail)).toMatchObject({ type: 'image/webp', width: 267, height: 400 });
    expect(await keys(`incoming/${uuidOf(media.id)}`)).toEqual([]);
    expect(await keys(`media/${uuidOf(media.id)}/`)).toHaveLength(3);
    expect(
      (await service.published(MediaReady)).filter(({ mediaId }) => mediaId === uuidOf(media.id)),
    ).toEqual([{ mediaId: uuidOf(media.id), ownerId: owner, kind: 'IMAGE' }]);
  });

  test.each(['png', 'webp', 'gif'] as const)('may be a %s', async (format) => {
    const media = await upload(await picture(format, 300, 200), `image/${format}`);
    expect(media).toMatchObject({
      status: 'READY',
      mimeType: `image/${format}`,
      width: 300,
      height: 200,
    });
    expect((await fetch(media.original)).headers.get('content-type')).toBe(`image/${format}`);
  });

  test('may be an animation', async () => {
    const media = await upload(await animation('gif', 4), 'image/gif');
    const large = Buffer.from(await (await fetch(media.large)).arrayBuffer());
    expect((await sharp(large).metadata()).pages).toBe(4);
  });

  test('has a URL that stays the same for a while, for caches', async () => {
    const media = await upload(await picture('png', 30, 20), 'image/png');
    const again = dataOf(
      await service.as(null).execute('query ($id: ID!) { media(id: $id) { url } }', { id: media.id }),
    );
    // The window may end between the two calls, once in half an hour.
    const dateOf = (url: string) => new URL(url).searchParams.get('X-Amz-Date');
    if (dateOf(again.media.url) === dateOf(media.large)) expect(again.media.url).toBe(media.large);
  });

  test('completed many times at once is examined and announced once', async () => {
    const file = await picture('jpeg', 2_500, 1_800);
    const ticket = await create({ mimeType: 'image/jpeg', byteSize: file.length });
    await send(ticket, file);
    const answers = await Promise.all(Array.from({ length: 8 }, () => complete(ticket.media.id)));
    const ready = answers.filter(({ status }) => status === 'READY');
    expect(ready.length).toBeGreaterThanOrEqual(2);
    expect(new Set(ready.map(({ large }) => new URL(large).pathname)).size).toBe(1);
    expect(await complete(ticket.media.id)).toMatchObject({ status: 'READY' });
    expect(await keys(`media/${uuidOf(ticket.media.id)}/`)).toHaveLength(3);
    const announced = (await service.published(MediaReady)).filter(
      ({ mediaId }) => mediaId === uuidOf(ticket.media.id),
    );
    expect(announced).toHaveLength(1);
  });
});

describe('a bad file', () => {
  test.each([
    ['another image than it says', async () => picture('png', 20, 20), 'image/jpeg', 'TYPE_MISMATCH'],
    [
      'SVG',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'image/png',
      'UNSUPPORTED_TYPE',
    ],
    ['HTML', async () => Buffer.from('<!doctype html><script>1</script>'), 'image/gif', 'UNSUPPORTED_TYPE'],
    ['cut short', async () => (await picture('jpeg', 200, 200)).subarray(0, 4_000), 'image/jpeg', 'CORRUPT'],
    ['a bomb', async () => hugePng(50_000, 50_000), 'image/png', 'TOO_LARGE'],
  ])(
    'that is %s fails with its code, is shown to nobody and is not kept',
    async (_what, make, type, failure) => {
      const media = await upload(await make(), type);
      expect(media).toMatchObject({
        status: 'FAILED',
        failure,
        original: null,
        large: null,
        thumbnail: null,
      });
      expect(await complete(media.id)).toMatchObject({ status: 'FAILED', failure });
      expect(await keys(`incoming/${uuidOf(media.id)}`)).toEqual([]);
      expect(await keys(`media/${uuidOf(media.id)}`)).toEqual([]);
      const look = 'query ($id: ID!) { media(id: $id) { id } }';
      expect(dataOf(await service.as(stranger).execute(look, { id: media.id })).media).toBeNull();
    },
  );

  test('longer than was said is refused by the storage, and by the service where the storage takes it', async () => {
    const file = await picture('png', 60, 60);
    const ticket = await create({ mimeType: 'image/png', byteSize: file.length - 1 });
    expect(await send(ticket, file)).toBe(400);
    // A storage that does not look at policies: the same bytes under a ticket that allows them.
    const larger = await create({ mimeType: 'image/png', byteSize: file.length });
    await send(larger, file);
    await service.db.query('UPDATE media SET byte_size = $1 WHERE id = $2', [
      file.length - 1,
      uuidOf(larger.media.id),
    ]);
    expect(await complete(larger.media.id)).toMatchObject({ status: 'FAILED', failure: 'TOO_LARGE' });
  });

  test('that never came is MISSING, and may still come', async () => {
    const file = await picture('jpeg', 40, 40);
    const ticket = await create({ mimeType: 'image/jpeg', byteSize: file.length });
    expect(await complete(ticket.media.id)).toMatchObject({ status: 'AWAITING_UPLOAD', failure: 'MISSING' });
    expect(await send(ticket, file)).toBe(204);
    expect(await complete(ticket.media.id)).toMatchObject({ status: 'READY', failure: null });
  });
});

describe('who may do what', () => {
  test('another can neither see nor complete what is not ready, and sees what is', async () => {
    const file = await picture('png', 40, 40);
    const ticket = await create({ mimeType: 'image/png', byteSize: file.length });
    const { id } = ticket.media;
    const look = 'query ($id: ID!) { media(id: $id) { status } }';
    const answer = await service.as(stranger).execute(look, { id });
    expect(dataOf(answer)).toEqual({ media: null });
    expect(dataOf(await service.as(owner).execute(look, { id })).media.status).toBe('AWAITING_UPLOAD');
    expect(dataOf(await service.entity('Media', id, 'status', stranger))._entities).toEqual([null]);
    expect(dataOf(await service.entity('Media', id, 'status', owner))._entities).toEqual([
      { status: 'AWAITING_UPLOAD' },
    ]);
    await send(ticket, file);
    expectError(await tryComplete(id, stranger), 'NOT_FOUND');
    await complete(id);
    expect(dataOf(await service.as(null).execute(look, { id })).media.status).toBe('READY');
    expect(dataOf(await service.entity('Media', id, 'status'))._entities).toEqual([{ status: 'READY' }]);
  });

  test('signed out nobody uploads', async () => {
    const input = { mimeType: 'image/png', byteSize: 1 };
    expectError(await service.as(null).execute(createMutation, { input }), 'UNAUTHENTICATED');
    expectError(await tryComplete(gid('Media', uuidv7()), null), 'UNAUTHENTICATED');
  });

  test('many references cost one query', async () => {
    const media = await upload(await picture('png', 30, 30), 'image/png');
    const representations = [media.id, ...Array.from({ length: 30 }, () => gid('Media', uuidv7()))].map(
      (id) => ({
        __typename: 'Media',
        id,
      }),
    );
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Media { url } } }';
    // What the service does of the upload meanwhile is counted too.
    const counted = () => service.countQueries(() => service.as(null).execute(query, { r: representations }));
    await expect.poll(counted).toBe(1);
  });
});

describe('a ready file', () => {
  const at = () => new Date().toISOString();
  const seen = async (id: string, who: string | Viewer | null) => {
    const found = dataOf(await service.entity('Media', id, 'status', who))._entities[0];
    const answer = await service.as(who).execute('query ($id: ID!) { media(id: $id) { url } }', { id });
    if (!found) expect(dataOf(answer).media).toBeNull();
    else expect(dataOf(answer).media.url).toBeTruthy();
    return found !== null;
  };
  const moderator = { userId: uuidv7(), sessionId: uuidv7(), role: 'MODERATOR' as const, scopes: [] };

  test('is hidden from others while its owner’s account is not active', async () => {
    const { id } = await upload(await picture('png', 40, 40), 'image/png');
    const stands = (standing: Standing, sequence: bigint) =>
      service.emit(
        AccountStandingChanged,
        { userId: owner, role: 'MEMBER', standing, at: at() },
        { sequence },
      );
    await stands('SUSPENDED', 11n);
    expect(await Promise.all([owner, uuidv7(), null, moderator].map((who) => seen(id, who)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    await stands('ACTIVE', 13n);
    await stands('SUSPENDED', 12n);
    expect(await seen(id, null)).toBe(true);
  });

  test('is hidden from others while moderators have removed the post that shows it', async () => {
    const { id } = await upload(await picture('png', 40, 40), 'image/png');
    const post = {
      postId: uuidv7(),
      authorId: owner,
      moderatorId: moderator.userId,
      mediaIds: [uuidOf(id)],
      at: at(),
    };
    await service.emit(PostRemoved, { ...post, reason: 'spam' });
    expect(await Promise.all([owner, uuidv7(), null, moderator].map((who) => seen(id, who)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    await service.emit(PostRestored, post);
    expect(await seen(id, null)).toBe(true);
  });
});

describe('bad input is told by its field', () => {
  test.each([
    ['input.mimeType', { mimeType: 'image/svg+xml', byteSize: 10 }],
    ['input.mimeType', { mimeType: 'video/mp4', byteSize: 10 }],
    ['input.mimeType', { mimeType: '', byteSize: 10 }],
    ['input.byteSize', { mimeType: 'image/png', byteSize: 0 }],
    ['input.byteSize', { mimeType: 'image/png', byteSize: -1 }],
    ['input.byteSize', { mimeType: 'image/png', byteSize: 16 * 1024 * 1024 + 1 }],
    ['input.altText', { mimeType: 'image/png', byteSize: 10, altText: 'x'.repeat(1_501) }],
    ['input.idempotencyKey', { mimeType: 'image/png', byteSize: 10, idempotencyKey: '' }],
  ])('%s (%#)', async (field, input) => {
    expectError(await service.as(owner).execute(createMutation, { input }), 'BAD_USER_INPUT', field);
  });

  test('ids', async () => {
    expectError(await tryComplete('x'), 'BAD_USER_INPUT', 'input.mediaId');
    expectError(await service.as(owner).execute('{ media(id: "x") { id } }'), 'BAD_USER_INPUT', 'id');
    expectError(await tryComplete(gid('Media', uuidv7())), 'NOT_FOUND');
  });
});

test('the limits are told', async () => {
  const query = '{ mediaLimits { mimeTypes maxImageBytes maxVideoBytes maxPixels maxPerPost } }';
  expect(dataOf(await service.as(null).execute(query)).mediaLimits).toEqual({
    mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
    maxImageBytes: 16_777_216,
    maxVideoBytes: 0,
    maxPixels: 50_331_648,
    maxPerPost: 4,
  });
});

test('the same key gives the same media and a fresh ticket', async () => {
  const input = { mimeType: 'image/png', byteSize: 100, idempotencyKey: 'once' };
  const [first, second] = await Promise.all([create(input), create(input)]);
  expect(second.media.id).toBe(first.media.id);
  expect((await create(input, stranger)).media.id).not.toBe(first.media.id);
  expect((await create({ ...input, idempotencyKey: 'twice' })).media.id).not.toBe(first.media.id);
});

test('storage that is away is UNAVAILABLE and costs nothing', async () => {
  const file = await picture('png', 50, 50);
  const ticket = await create({ mimeType: 'image/png', byteSize: file.length });
  await send(ticket, file);
  await home.whileAway(async () => {
    expectError(await tryComplete(ticket.media.id), 'UNAVAILABLE');
  });
  expect(await complete(ticket.media.id)).toMatchObject({ status: 'READY' });
});

test('a file that ends its workers again and again is given up', async () => {
  const file = await picture('png', 50, 50);
  const ticket = await create({ mimeType: 'image/png', byteSize: file.length });
  const { id } = ticket.media;
  await send(ticket, file);
  // As three instances leave it that died over it.
  await service.db.query("UPDATE media SET status = 'PROCESSING', attempts = 3 WHERE id = $1", [uuidOf(id)]);
  await service.db.query(
    `INSERT INTO task (id, kind, subject, owner) VALUES (gen_random_uuid(), 'examine_media', $1, $2)`,
    [uuidOf(id), owner],
  );
  await service.db.query("SELECT pg_notify('task', '')");
  expect(await complete(id)).toMatchObject({ status: 'FAILED', failure: 'CORRUPT' });
});

test.each(['image/jpg', 'IMAGE/JPEG', 'image/jpeg; charset=binary', 'image/pjpeg', ' image/jpeg '])(
  'a JPEG may be announced as %s',
  async (mimeType) => {
    const media = await upload(await picture('jpeg', 30, 20), mimeType);
    expect(media).toMatchObject({ status: 'READY', mimeType: 'image/jpeg' });
  },
);

test('HEIC is refused with a word on what to do', async () => {
  const answer = await service
    .as(owner)
    .execute(createMutation, { input: { mimeType: 'image/heic', byteSize: 10 } });
  expectError(answer, 'BAD_USER_INPUT', 'input.mimeType');
  expect(answer.errors?.[0]?.message).toContain('HEIC, have to be converted first');
});
