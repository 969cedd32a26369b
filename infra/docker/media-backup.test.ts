import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type ObjectStorage, startObjectStorage } from '@socialhub/local/s3/object-storage';
import { createLogger } from '@socialhub/platform/log';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findLastCopies } from '../server/backup-age.ts';

const folder = mkdtempSync(join(tmpdir(), 'socialhub-media-backup-'));
let storage: ObjectStorage;
let s3: S3Client;

beforeAll(async () => {
  storage = await startObjectStorage({
    dataDir: join(folder, 'storage'),
    log: createLogger({ level: 'silent' }),
  });
  const { accessKeyId, secretAccessKey } = storage;
  s3 = new S3Client({
    endpoint: storage.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
});
afterAll(async () => {
  s3?.destroy();
  await storage?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(verb: string, moment = ''): Promise<void> {
  const script = join(import.meta.dirname, 'media-backup.ts');
  const child = spawn(process.execPath, [script, verb, moment, join(folder, 'media')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      S3_ENDPOINT: storage.url,
      S3_BUCKET: storage.bucket,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: storage.accessKeyId,
      AWS_SECRET_ACCESS_KEY: storage.secretAccessKey,
    },
  });
  expect((await once(child, 'exit'))[0]).toBe(0);
}

const at = (Key: string) => ({ Bucket: storage.bucket, Key });
const keys = async () =>
  ((await s3.send(new ListObjectsV2Command({ Bucket: storage.bucket }))).Contents ?? []).map(
    ({ Key }) => Key,
  );

it('puts back what the bucket lacks, and what people deleted since the moment that is brought back', async () => {
  for (const key of ['media/kept.png', 'media/deleted.png'])
    await s3.send(new PutObjectCommand({ ...at(key), Body: Buffer.from(key), ContentType: 'image/png' }));
  expect(await findLastCopies(folder)).toEqual({ database: null, files: null });
  await run('now');
  expect((await findLastCopies(folder)).files).toBeInstanceOf(Date);
  const before = new Date(Date.now() - 86_400_000).toISOString();
  await s3.send(new DeleteObjectCommand(at('media/deleted.png')));
  await run('now');
  await s3.send(new DeleteObjectCommand(at('media/kept.png')));

  await run('restore');
  expect(await keys()).toEqual(['media/kept.png']);
  await run('restore', before);
  expect(await keys()).toEqual(['media/deleted.png', 'media/kept.png']);
  const { Body, ContentType } = await s3.send(new GetObjectCommand(at('media/deleted.png')));
  expect([await Body?.transformToString(), ContentType]).toEqual(['media/deleted.png', 'image/png']);
});
