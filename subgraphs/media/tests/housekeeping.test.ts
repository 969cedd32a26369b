import { once } from 'node:events';
import { createDatabase, type Database } from '@socialhub/platform/database/database';
import { startTasks } from '@socialhub/platform/durable-tasks/tasks';
import { uuidv7 } from '@socialhub/platform/ids';
import { createLogger } from '@socialhub/platform/log';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { awaitVerdict } from '../src/domain/complete-upload.ts';
import { orderExamination } from '../src/domain/order-examination.ts';
import { createRenderers, type Renderers } from '../src/domain/renderers.ts';
import { type Client, createClient } from '../src/store/client.ts';
import { createObjects, type Objects } from '../src/store/objects.ts';
import { examineMedia } from '../src/tasks/examine-media.ts';
import { keepHouse } from '../src/tasks/housekeeping.ts';
import { picture } from './files.ts';
import { startStorage, storageEnv } from './start-media.ts';

const log = createLogger({ service: 'test', level: 'silent' });
let home: Awaited<ReturnType<typeof startStorage>>;
let objects: Objects;
let database: Awaited<ReturnType<typeof cloneDatabase>>;
let db: Database<Client>;
let file: Buffer;
const renderers = createRenderers();

beforeAll(async () => {
  file = await picture('png', 40, 40);
  home = await startStorage();
  database = await cloneDatabase('media');
  db = createDatabase(database.url, createClient, log);
  objects = createObjects({
    PORT: 0,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.url,
    IDENTITY_KEYS: [],
    ...storageEnv(home.storage),
    AWS_REGION: 'us-east-1',
    DATA_EXPORT_HOURS: 24,
    DATA_EXPORT_DAYS: 7,
    MEDIA_QUOTA_MB: 0,
    UPLOADS_UNDER_WAY: 20,
  });
});

beforeEach(async () => {
  await db.prisma.media.deleteMany();
  await db.prisma.task.deleteMany();
});

afterAll(async () => {
  renderers.close();
  objects.close();
  await db.close();
  await database.drop();
  await home.stop();
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

const tidy = () => keepHouse({ db }, objects);
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

test('what waits to be examined is left alone', async () => {
  const waiting = await media({ status: 'PROCESSING', sweepAt: past });
  await tidy();
  expect([(await row(waiting))?.status, await uploaded(waiting)]).toEqual(['PROCESSING', true]);
});

/** Examines what is ordered until it is settled, by as many instances as there are storages. */
async function examine(id: string, ...storages: Objects[]): Promise<void> {
  const found = await row(id);
  if (!found) throw new Error('there is no such media');
  await db.transaction((tx) => orderExamination(tx, found));
  const instances = await Promise.all(
    storages.map((given) =>
      startTasks({ service: 'media', db, log, tasks: [examineMedia(given, renderers)] }),
    ),
  );
  await until(async () => (await db.prisma.task.count()) === 0, { what: 'no task' });
  await Promise.all(instances.map((instance) => instance.stop()));
}

test('of several instances one examines, and examines once', async () => {
  const id = await media({});
  let published = 0;
  const counting: Objects = {
    ...objects,
    publish: async (object) => {
      published += 1;
      await objects.publish(object);
    },
  };
  await examine(id, counting, counting, counting);
  expect([published, await row(id)]).toEqual([3, expect.objectContaining({ status: 'READY', attempts: 1 })]);
  await examine(id, counting);
  expect(published).toBe(3);
});

test('what was settled meanwhile is not published over', async () => {
  const id = await media({});
  const removed: string[] = [];
  const slow: Objects = {
    ...objects,
    async publish(object) {
      await objects.publish(object);
      await db.prisma.media.updateMany({ where: { id }, data: { status: 'FAILED', failure: 'CORRUPT' } });
    },
    async unpublish(keys) {
      removed.push(...keys);
      await objects.unpublish(keys);
    },
  };
  await examine(id, slow);
  expect(await row(id)).toMatchObject({ status: 'FAILED', publishedAs: null });
  expect(removed).toHaveLength(3);
  expect(await db.prisma.outbox.count({ where: { aggregate: id } })).toBe(0);
});

test('an attempt that fails for other reasons than the file does not count', async () => {
  const id = await media({});
  let failures = 0;
  const away: Objects = {
    ...objects,
    async readUpload(mediaId, maxBytes) {
      failures += 1;
      if (failures < 2) throw new Error('away');
      return objects.readUpload(mediaId, maxBytes);
    },
  };
  await examine(id, away);
  expect(await row(id)).toMatchObject({ status: 'READY', attempts: 1 });
});

test('a stop ends what is under way at once, and the next start takes it up', async () => {
  const id = await media({});
  let asked = 0;
  const hanging: Renderers = {
    ...renderers,
    async examine(bytes, type, signal) {
      asked += 1;
      if (asked > 1) return renderers.examine(bytes, type, signal);
      await once(signal, 'abort');
      throw signal.reason;
    },
  };
  const found = await row(id);
  if (!found) throw new Error('there is no such media');
  await db.transaction((tx) => orderExamination(tx, found));
  const tasks = [examineMedia(objects, hanging)];
  const first = await startTasks({ service: 'media', db, log, tasks });
  await until(() => asked === 1);
  const began = performance.now();
  await first.stop();
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(await row(id)).toMatchObject({ status: 'PROCESSING', attempts: 0 });
  const second = await startTasks({ service: 'media', db, log, tasks });
  await until(async () => (await row(id))?.status === 'READY', { what: 'READY' });
  await second.stop();
});

test('nobody waits for an outcome for longer than their operation may', async () => {
  const ownerId = uuidv7();
  const id = await media({ status: 'PROCESSING', ownerId });
  const viewer = { userId: ownerId, sessionId: uuidv7(), role: 'MEMBER' as const, scopes: [] };
  const { signal } = new AbortController();
  // As the second `completeUpload` of one mutation, or one that stood in line.
  const arrivedAt = performance.now() - 5_900;
  expect(await awaitVerdict({ db, arrivedAt, signal, stopping: signal }, viewer, id)).toMatchObject({
    status: 'PROCESSING',
  });
  expect(performance.now() - arrivedAt).toBeLessThan(8_000);
});

test('whoever waits for an outcome waits no longer once the service stops', async () => {
  const ownerId = uuidv7();
  const id = await media({ status: 'PROCESSING', ownerId });
  const viewer = { userId: ownerId, sessionId: uuidv7(), role: 'MEMBER' as const, scopes: [] };
  const stopping = new AbortController();
  const began = performance.now();
  const waiting = awaitVerdict(
    {
      db,
      arrivedAt: performance.now(),
      signal: new AbortController().signal,
      stopping: stopping.signal,
    },
    viewer,
    id,
  );
  stopping.abort();
  expect(await waiting).toMatchObject({ status: 'PROCESSING' });
  expect(performance.now() - began).toBeLessThan(3_000);
});
