import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ObjectStorage, startObjectStorage } from '@socialhub/local/object-storage';
import { createDatabase, type Database } from '@socialhub/platform/database';
import { uuidv7 } from '@socialhub/platform/ids';
import { createLogger } from '@socialhub/platform/log';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createExaminations } from '../src/domain/examinations.ts';
import { keepHouse } from '../src/domain/housekeeping.ts';
import { type Client, createClient } from '../src/store/client.ts';
import { createObjects, type Objects } from '../src/store/objects.ts';
import { picture } from './files.ts';

const log = createLogger({ service: 'test', level: 'silent' });
let dataDir: string;
let storage: ObjectStorage;
let objects: Objects;
let database: Awaited<ReturnType<typeof cloneDatabase>>;
let db: Database<Client>;
let file: Buffer;

beforeAll(async () => {
  file = await picture('png', 40, 40);
  dataDir = await mkdtemp(join(tmpdir(), 'socialhub-media-'));
  storage = await startObjectStorage({ dataDir, log });
  database = await cloneDatabase('media');
  db = createDatabase(database.url, createClient, log);
  objects = createObjects({
    PORT: 0,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.url,
    IDENTITY_KEYS: [],
    S3_ENDPOINT: storage.url,
    S3_BUCKET: storage.bucket,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: storage.accessKeyId,
    AWS_SECRET_ACCESS_KEY: storage.secretAccessKey,
    DATA_EXPORT_HOURS: 24,
    DATA_EXPORT_DAYS: 7,
  });
});

beforeEach(async () => {
  await db.prisma.media.deleteMany();
});

afterAll(async () => {
  objects.close();
  await db.close();
  await database.drop();
  await storage.stop();
  await rm(dataDir, { recursive: true });
});

const past = new Date(Date.now() - 1_000);
const future = new Date(Date.now() + 60_000);

async function media(data: Partial<Parameters<typeof db.prisma.media.create>[0]['data']>): Promise<string> {
  const id = uuidv7();
  const about = { ownerId: uuidv7(), kind: 'IMAGE' as const, mimeType: 'image/png', byteSize: file.length };
  await db.prisma.media.create({ data: { id, ...about, ...data } });
  await objects.publish({ key: `incoming/${id}`, mimeType: 'image/png', bytes: file });
  return id;
}

const tidy = () => keepHouse({ db, log }, objects, createExaminations(objects));
const uploaded = async (id: string) => (await objects.readUpload(id, 1_000_000)) !== 'MISSING';
const row = (id: string) => db.prisma.media.findUnique({ where: { id } });

test('what nobody completed within a day is gone, with its upload; what has time is not', async () => {
  const stale = await media({ sweepAt: past });
  const waiting = await media({ sweepAt: future });
  await tidy();
  expect([await row(stale), await uploaded(stale)]).toEqual([null, false]);
  expect([(await row(waiting))?.status, await uploaded(waiting)]).toEqual(['AWAITING_UPLOAD', true]);
});

test('what was uploaded once more after it was settled is removed, and the media stays', async () => {
  const ready = await media({ status: 'READY', sweepAt: past, publishedAs: uuidv7() });
  const failed = await media({ status: 'FAILED', sweepAt: past });
  await tidy();
  expect([await uploaded(ready), await uploaded(failed)]).toEqual([false, false]);
  expect(await row(ready)).toMatchObject({ status: 'READY', sweepAt: null });
  expect(await row(failed)).toMatchObject({ status: 'FAILED', sweepAt: null });
});

test('an examination that broke off is finished, one that goes on is left alone', async () => {
  const brokenOff = await media({
    status: 'PROCESSING',
    claimId: uuidv7(),
    claimedUntil: past,
    sweepAt: past,
  });
  const goingOn = await media({
    status: 'PROCESSING',
    claimId: uuidv7(),
    claimedUntil: future,
    sweepAt: past,
  });
  await tidy();
  expect(await row(brokenOff)).toMatchObject({ status: 'READY', width: 40 });
  expect([(await row(goingOn))?.status, await uploaded(goingOn)]).toEqual(['PROCESSING', true]);
});

test('a worker that finishes after another took over publishes nothing', async () => {
  const id = await media({ status: 'AWAITING_UPLOAD' });
  const slow: Objects = {
    ...objects,
    async publish(object) {
      await objects.publish(object);
      // Meanwhile another has the claim.
      await db.prisma.media.update({ where: { id }, data: { claimId: uuidv7() } });
    },
  };
  const removed: string[] = [];
  slow.unpublish = async (keys) => {
    removed.push(...keys);
    await objects.unpublish(keys);
  };
  await createExaminations(slow).examine({ db, log }, id);
  expect(await row(id)).toMatchObject({ status: 'PROCESSING', publishedAs: null });
  expect(removed).toHaveLength(3);
  expect(await db.prisma.outbox.count({ where: { aggregate: id } })).toBe(0);
});

test('of several processes that are asked at once, one examines', async () => {
  const id = await media({});
  let published = 0;
  const counting: Objects = {
    ...objects,
    publish: async (object) => {
      published += 1;
      await objects.publish(object);
    },
  };
  await Promise.all(Array.from({ length: 4 }, () => createExaminations(counting).examine({ db, log }, id)));
  expect([published, (await row(id))?.claims]).toEqual([3, 1]);
  await createExaminations(counting).examine({ db, log }, id);
  expect([published, (await row(id))?.status]).toEqual([3, 'READY']);
});
