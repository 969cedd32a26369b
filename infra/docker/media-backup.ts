import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { readEnv } from '@socialhub/platform/config';
import * as z from 'zod';

/**
 * `media-backup.ts now` copies the files of the bucket that the folder does not have; what the bucket has no more is kept for thirty
 * days. `restore [2026-03-01T12:00:00Z]` puts back what the bucket lacks, also of what went on that day or later.
 */

const settings = z.object({
  S3_ENDPOINT: z.string(),
  S3_BUCKET: z.string(),
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
});
const dayMs = 86_400_000;
const keptDays = 30;

const config = readEnv(settings, process.env);
const [verb = '', moment = '', folder = '/backups/media'] = process.argv.slice(2);
// Nobody else on the server reads what people uploaded.
process.umask(0o077);
const s3 = new S3Client({
  endpoint: config.S3_ENDPOINT,
  region: config.AWS_REGION,
  forcePathStyle: true,
  // As the media service has it: streams go whole, without checksums behind their pieces.
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  credentials: { accessKeyId: config.AWS_ACCESS_KEY_ID, secretAccessKey: config.AWS_SECRET_ACCESS_KEY },
});
const Bucket = config.S3_BUCKET;
const objects = join(folder, 'objects');
const headers = join(folder, 'headers');
/** By the day on which the bucket had them no more. */
const gone = join(folder, 'gone');
const dayOf = (time: Date) => time.toISOString().slice(0, 10);
const say = (line: string) => process.stdout.write(`${line}\n`);

async function* keysInBucket(): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: token }));
    for (const { Key } of page.Contents ?? []) if (Key) yield Key;
    token = page.NextContinuationToken;
  } while (token);
}

async function keysIn(place: string): Promise<string[]> {
  const files = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => []);
  return files
    .filter((file) => file.isFile() && !file.name.endsWith('.part'))
    .map((file) => join(file.parentPath, file.name).slice(place.length + 1));
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A file of the bucket never changes under its key. */
async function copy(Key: string): Promise<void> {
  const path = join(objects, Key);
  if (!path.startsWith(`${objects}/`)) throw new Error(`the key ${Key} leads out of the folder`);
  const { Body, ContentType, CacheControl } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  await mkdir(dirname(path), { recursive: true });
  await mkdir(dirname(join(headers, Key)), { recursive: true });
  await writeFile(join(headers, Key), JSON.stringify({ ContentType, CacheControl }));
  await pipeline(Body as Readable, createWriteStream(`${path}.part`));
  await rename(`${path}.part`, path);
}

async function backUp(): Promise<void> {
  const seen = new Set<string>();
  let copied = 0;
  for await (const key of keysInBucket()) {
    seen.add(key);
    if (await exists(join(objects, key))) continue;
    await copy(key);
    copied += 1;
  }
  const today = join(gone, dayOf(new Date()));
  for (const key of await keysIn(objects)) {
    if (seen.has(key)) continue;
    await mkdir(dirname(join(today, key)), { recursive: true });
    await rename(join(objects, key), join(today, key));
  }
  const oldest = dayOf(new Date(Date.now() - keptDays * dayMs));
  for (const day of await readdir(gone).catch(() => []))
    if (day < oldest) await rm(join(gone, day), { recursive: true });
  // What watch-backups.ts reads.
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'last.part'), new Date().toISOString());
  await rename(join(folder, 'last.part'), join(folder, 'last'));
  say(`backed up: ${copied} files, of ${seen.size}`);
}

/** Where what was there at a moment may be: among what is there still, and what went since. */
async function placesOf(since: string): Promise<string[]> {
  if (!since) return [objects];
  const days = await readdir(gone).catch(() => []);
  const from = dayOf(new Date(since));
  return [objects, ...days.filter((day) => day >= from).map((day) => join(gone, day))];
}

const isInBucket = (Key: string) =>
  s3.send(new HeadObjectCommand({ Bucket, Key })).then(
    () => true,
    () => false,
  );

async function restore(): Promise<void> {
  let restored = 0;
  for (const place of await placesOf(moment))
    for (const Key of await keysIn(place)) {
      if (await isInBucket(Key)) continue;
      const path = join(place, Key);
      const about = JSON.parse(await readFile(join(headers, Key), 'utf8')) as Record<string, string>;
      const ContentLength = (await stat(path)).size;
      await s3.send(
        new PutObjectCommand({ Bucket, Key, Body: createReadStream(path), ContentLength, ...about }),
      );
      restored += 1;
    }
  say(`restored: ${restored} files`);
}

const verbs: Record<string, () => Promise<void>> = { now: backUp, restore };
const run = verbs[verb];
if (!run) throw new Error('media-backup.ts now | restore');
await run();
