import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { noSuchKey, S3Fault } from './fault.ts';

export interface ObjectHead {
  key: string;
  contentType: string;
  cacheControl?: string | undefined;
  etag: string;
  size: number;
  modified: string;
}

/** An object, open: `read` it once, or `close` it. */
export interface OpenObject {
  head: ObjectHead;
  /** The bytes from `start` to `end`, both included. */
  read(start: number, end: number): Readable;
  close(): Promise<void>;
}

/** The objects of one bucket, a file each: a line of JSON about the object, then its bytes. */
export interface ObjectFiles {
  /** Stores a body as it comes; one that fails on its way leaves nothing behind. */
  put(
    key: string,
    body: AsyncIterable<Buffer>,
    about: { contentType: string; cacheControl?: string | undefined },
  ): Promise<ObjectHead>;
  /** Throws NoSuchKey. */
  head(key: string): Promise<ObjectHead>;
  /** Throws NoSuchKey. */
  open(key: string): Promise<OpenObject>;
  delete(key: string): Promise<void>;
  /** Keys in order, those behind `after` only. */
  list(prefix: string, after: string, limit: number): Promise<ObjectHead[]>;
}

// The suffix keeps '.' and '..' from being names of their own, and unfinished files out of lists.
const suffix = '.object';
const unfinished = '.unfinished';
const nameOf = (key: string) => `${encodeURIComponent(key)}${suffix}`;
const maxName = 250;
const maxHeader = 256;
/** More than the longest line about an object takes. */
const headBytes = 4_096;

/** Opens (and makes, where missing) the folder that holds a bucket's objects, without what an earlier run left unfinished. */
export async function openObjectFiles(folder: string): Promise<ObjectFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const left = (await readdir(folder)).filter((name) => name.endsWith(unfinished));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));

  const pathOf = (key: string) => {
    const name = nameOf(key);
    if (key === '' || name.length > maxName)
      throw new S3Fault(400, 'KeyTooLongError', 'The key is empty or too long.');
    return join(folder, name);
  };

  return {
    async put(key, body, { contentType, cacheControl }) {
      const path = pathOf(key);
      if (contentType.length > maxHeader || (cacheControl?.length ?? 0) > maxHeader)
        throw new S3Fault(400, 'MetadataTooLarge', 'The headers of the object are too long.');
      const about = { key, contentType, cacheControl, modified: new Date().toISOString() };
      const partial = join(folder, `${randomUUID()}${unfinished}`);
      const file = await open(partial, 'wx', 0o600);
      try {
        const head = await write(file, about, body);
        await file.close();
        await rename(partial, path);
        return head;
      } finally {
        await file.close();
        await rm(partial, { force: true });
      }
    },
    head: (key) => headOf(pathOf(key)),
    async open(key) {
      const file = await open(pathOf(key)).catch(missing);
      try {
        const { head, length } = await readHead(file);
        return {
          head,
          read: (start, end) => file.createReadStream({ start: length + start, end: length + end }),
          close: () => file.close(),
        };
      } catch (error) {
        await file.close();
        throw error;
      }
    },
    async delete(key) {
      await rm(pathOf(key), { force: true });
    },
    async list(prefix, after, limit) {
      const keys = (await readdir(folder))
        .filter((name) => name.endsWith(suffix))
        .map((name) => decodeURIComponent(name.slice(0, -suffix.length)))
        .filter((key) => key.startsWith(prefix) && key > after)
        .sort()
        .slice(0, limit);
      const heads = await Promise.allSettled(keys.map((key) => headOf(pathOf(key))));
      return heads.flatMap((head) => (head.status === 'fulfilled' ? [head.value] : []));
    },
  };
}

/** The line about an object stands first and is known last: its place is kept free with spaces, which JSON bears. */
async function write(
  file: FileHandle,
  about: Omit<ObjectHead, 'etag' | 'size'>,
  body: AsyncIterable<Buffer>,
): Promise<ObjectHead> {
  const longest = { ...about, etag: ''.padEnd(32, '0'), size: Number.MAX_SAFE_INTEGER };
  const length = Buffer.byteLength(JSON.stringify(longest));
  const hash = createHash('md5');
  let size = 0;
  await file.write(`${''.padEnd(length)}\n`);
  for await (const chunk of body) {
    hash.update(chunk);
    size += chunk.length;
    await file.writeFile(chunk);
  }
  const head = { ...about, etag: hash.digest('hex'), size };
  const line = JSON.stringify(head);
  await file.write(line.padEnd(line.length + length - Buffer.byteLength(line)), 0);
  return head;
}

async function headOf(path: string): Promise<ObjectHead> {
  const file = await open(path).catch(missing);
  try {
    return (await readHead(file)).head;
  } finally {
    await file.close();
  }
}

async function readHead(file: FileHandle): Promise<{ head: ObjectHead; length: number }> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  const length = buffer.subarray(0, bytesRead).indexOf('\n');
  return { head: JSON.parse(buffer.toString('utf8', 0, length)) as ObjectHead, length: length + 1 };
}

function missing(error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOENT') throw noSuchKey();
  throw error;
}
