import { MediaDeleted } from '@socialhub/platform/contracts/media';
import { createDatabase, type Database } from '@socialhub/platform/database/database';
import { uuidv7 } from '@socialhub/platform/ids';
import { createLogger } from '@socialhub/platform/log';
import { exported } from '@socialhub/platform/testing/exported';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import type { TestService } from '@socialhub/platform/testing/test-service';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../src/store/client.ts';
import { createObjects, type Objects } from '../src/store/objects.ts';
import { keepHouse } from '../src/tasks/housekeeping.ts';
import { picture } from './files.ts';
import { startMedia, storageEnv } from './start-media.ts';

let home: Awaited<ReturnType<typeof startMedia>>;
let service: TestService;
let file: Buffer;
let objects: Objects;
let db: Database<Client>;
let owner: string;

beforeAll(async () => {
  home = await startMedia({ UPLOADS_UNDER_WAY: '3', MEDIA_QUOTA_MB: '1' });
  service = home.service;
  file = await picture('png', 40, 30);
  const url = service.db.options.connectionString ?? '';
  db = createDatabase(url, createClient, createLogger({ service: 'test', level: 'silent' }));
  objects = createObjects({ ...storageEnv(home.storage), AWS_REGION: 'us-east-1' } as never);
});
beforeEach(() => {
  owner = uuidv7();
});
afterAll(async () => {
  objects?.close();
  await db?.close();
  await home?.stop();
});

const fields = 'id status altText url thumbnail: url(variant: THUMBNAIL)';

async function announce(who = owner, more: object = {}) {
  const input = { mimeType: 'image/png', byteSize: file.length, ...more };
  const query = `mutation ($input: CreateUploadInput!) {
    createUpload(input: $input) { media { id } ticket { url fields { name value } } } }`;
  const { media, ticket } = dataOf(await service.as(who).execute(query, { input })).createUpload;
  return { id: media.id as string, ticket };
}

async function send({ ticket }: Awaited<ReturnType<typeof announce>>): Promise<void> {
  const form = new FormData();
  for (const { name, value } of ticket.fields) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(file)]), 'picture');
  expect((await fetch(ticket.url, { method: 'POST', body: form })).status).toBe(204);
}

const complete = (id: string, who = owner) =>
  service
    .as(who)
    .execute(`mutation ($id: ID!) { completeUpload(input: { mediaId: $id }) { media { ${fields} } } }`, {
      id,
    });

async function upload(who = owner, more: object = {}) {
  const announced = await announce(who, more);
  await send(announced);
  return dataOf(await complete(announced.id, who)).completeUpload.media;
}

const remove = (id: string, who: string | null = owner) =>
  service
    .as(who)
    .execute('mutation ($id: ID!) { deleteMedia(input: { mediaId: $id }) { deletedId } }', { id });
const describeAs = (id: string, altText: string | null | undefined, who: string | null = owner) =>
  service
    .as(who)
    .execute('mutation ($input: SetAltTextInput!) { setAltText(input: $input) { media { id altText } } }', {
      input: { mediaId: id, altText },
    });
const read = async (id: string, who: string | null = owner) =>
  dataOf(await service.as(who).execute(`query ($id: ID!) { media(id: $id) { ${fields} } }`, { id })).media;
const rowOf = async (id: string) =>
  (await service.db.query('SELECT * FROM media WHERE id = $1', [uuidOf(id)])).rows[0];
const deletedOf = async () =>
  (await service.published(MediaDeleted))
    .filter(({ ownerId }) => ownerId === owner)
    .map(({ mediaId }) => mediaId);
const leadsNowhere = (url: string) =>
  until(async () => (await fetch(url)).status === 404, { what: 'an address that leads nowhere' });

describe('the alternative text', () => {
  test('is given and taken away after it was published, by its owner alone', async () => {
    const { id } = await upload();
    expect(dataOf(await describeAs(id, '  A bridge ')).setAltText.media).toEqual({ id, altText: 'A bridge' });
    expect((await read(id, null)).altText).toBe('A bridge');
    for (const nothing of ['', null, ' ', undefined]) {
      dataOf(await describeAs(id, 'A bridge'));
      expect(dataOf(await describeAs(id, nothing)).setAltText.media.altText).toBeNull();
    }
    for (const who of [uuidv7()]) expectError(await describeAs(id, 'Mine', who), 'NOT_FOUND');
    expectError(await describeAs(id, 'Mine', null), 'UNAUTHENTICATED');
    expectError(await describeAs(gid('Media', uuidv7()), 'None'), 'NOT_FOUND');
    expectError(await describeAs(gid('User', owner), 'None'), 'BAD_USER_INPUT', 'input.mediaId');
    expect((await read(id, null)).altText).toBeNull();
  });

  test('has at most 1,500 characters', async () => {
    const { id } = await announce();
    const most = '👩‍👩‍👧'.repeat(1_500);
    expect(dataOf(await describeAs(id, most)).setAltText.media.altText).toBe(most);
    expectError(await describeAs(id, `${most}x`), 'BAD_USER_INPUT', 'input.altText');
    expect((await read(id)).altText).toBe(most);
  });
});

describe('deleting', () => {
  test('takes a file away from everybody, with its addresses, and tells of it once', async () => {
    const media = await upload();
    const answers = await Promise.all(Array.from({ length: 20 }, () => remove(media.id)));
    const done = answers.filter(({ errors }) => !errors);
    expect(done.map(({ data }) => data.deleteMedia.deletedId)).toEqual([media.id]);
    for (const answer of answers) if (answer.errors) expectError(answer, 'NOT_FOUND');
    for (const who of [owner, null]) expect(await read(media.id, who)).toBeNull();
    for (const url of [media.url, media.thumbnail]) await leadsNowhere(url);
    expect(await deletedOf()).toEqual([uuidOf(media.id)]);
    expectError(await remove(media.id), 'NOT_FOUND');
    expectError(await describeAs(media.id, 'gone'), 'NOT_FOUND');
    expectError(await complete(media.id), 'NOT_FOUND');
    expect((await exported(service, owner)).media).toEqual([]);
  });

  test('is for the owner, and of media', async () => {
    const media = await upload();
    expectError(await remove(media.id, uuidv7()), 'NOT_FOUND');
    expectError(await remove(media.id, null), 'UNAUTHENTICATED');
    expectError(await remove(gid('Media', uuidv7())), 'NOT_FOUND');
    expectError(await remove(gid('User', owner)), 'BAD_USER_INPUT', 'input.mediaId');
    expect((await fetch((await read(media.id)).url)).status).toBe(200);
    expect(await deletedOf()).toEqual([]);
  });

  test('gives the room back', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const { id } = await upload(owner, { byteSize: 900_000 });
      expectError(
        await service
          .as(owner)
          .execute(
            'mutation { createUpload(input: { mimeType: "image/png", byteSize: 1000000 }) { media { id } } }',
          ),
        'BAD_USER_INPUT',
        'input.byteSize',
      );
      dataOf(await remove(id));
    }
  });

  test('does not make room for more uploads at once than there may be, while their tickets hold', async () => {
    const again = () =>
      service
        .as(owner)
        .execute(
          'mutation { createUpload(input: { mimeType: "image/png", byteSize: 10 }) { media { id } } }',
        );
    for (let n = 0; n < 3; n += 1) dataOf(await remove((await announce(owner, { byteSize: 10 })).id));
    expectError(await again(), 'RATE_LIMITED');
    await service.db.query(`UPDATE media SET sweep_at = now() + interval '4 minutes' WHERE owner_id = $1`, [
      owner,
    ]);
    dataOf(await again());
  });

  test('before its file came, of one that failed and of one that is examined leaves nothing to come', async () => {
    const awaited = await announce();
    dataOf(await remove(awaited.id));
    await send(awaited);
    expectError(await complete(awaited.id), 'NOT_FOUND');
    const examined = await announce();
    await send(examined);
    await service.db.query(`UPDATE media SET status = 'PROCESSING' WHERE id = $1`, [uuidOf(examined.id)]);
    dataOf(await remove(examined.id));
    const failed = await announce();
    await service.db.query(`UPDATE media SET status = 'FAILED', failure = 'CORRUPT' WHERE id = $1`, [
      uuidOf(failed.id),
    ]);
    dataOf(await remove(failed.id));
    for (const { id } of [awaited, examined, failed]) {
      expect(await read(id)).toBeNull();
      expect((await rowOf(id)).status).toBe('DELETED');
    }
    expect(await deletedOf()).toEqual([]);
  });

  test('while it is examined ends without a file that can be shown', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const one = await announce();
      await send(one);
      const [, removed] = await Promise.all([complete(one.id), remove(one.id)]);
      dataOf(removed);
      expect(await read(one.id)).toBeNull();
      await until(async () => (await service.db.query('SELECT 1 FROM task')).rowCount === 0);
      expect(await objects.hasUpload(uuidOf(one.id))).toBe(false);
      await service.db.query('DELETE FROM media WHERE owner_id = $1', [owner]);
    }
  });

  test('what is sent by a ticket that holds still is removed with the row', async () => {
    const one = await announce();
    dataOf(await remove(one.id));
    await until(async () => (await service.db.query('SELECT 1 FROM task')).rowCount === 0);
    await send(one);
    const left = { key: `media/${uuidOf(one.id)}/crashed/large.webp`, mimeType: 'image/webp', bytes: file };
    await objects.publish(left);
    await service.db.query('UPDATE media SET sweep_at = now() WHERE id = $1', [uuidOf(one.id)]);
    await keepHouse({ db }, objects);
    expect(await rowOf(one.id)).toBeUndefined();
    expect(await objects.hasUpload(uuidOf(one.id))).toBe(false);
    expect(await objects.readPublished(left.key)).toBeNull();
  });

  test('and naming it again by its key gives nothing', async () => {
    const idempotencyKey = uuidv7();
    const one = await announce(owner, { idempotencyKey });
    dataOf(await remove(one.id));
    const { sweep_at: sweepAt } = await rowOf(one.id);
    const again = await service
      .as(owner)
      .execute('mutation ($input: CreateUploadInput!) { createUpload(input: $input) { media { id } } }', {
        input: { mimeType: 'image/png', byteSize: file.length, idempotencyKey },
      });
    expectError(again, 'NOT_FOUND');
    expect((await rowOf(one.id)).sweep_at).toEqual(sweepAt);
  });

  test('while the storage is away is done, and the file goes when it is back', async () => {
    const media = await upload();
    await home.whileAway(async () => {
      dataOf(await remove(media.id));
      expect(await read(media.id)).toBeNull();
    });
    await leadsNowhere(media.url);
  });
});
