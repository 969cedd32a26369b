import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noSuchKey, S3Fault } from './fault.ts';

export interface ObjectHead {
  key: string;
  contentType: string;
  cacheControl?: string | undefined;
  etag: string;
  size: number;
  modified: string;
}

/** The objects of one bucket, a file each: a line of JSON about the object, then its bytes. */
export interface ObjectFiles {
  put(
    key: string,
    body: Buffer,
    about: { contentType: string; cacheControl?: string | undefined },
  ): Promise<ObjectHead>;
  /** Throws NoSuchKey. */
  head(key: string): Promise<ObjectHead>;
  /** Throws NoSuchKey. */
  get(key: string): Promise<{ head: ObjectHead; body: Buffer }>;
  delete(key: string): Promise<void>;
  /** Keys in order, those behind `after` only. */
  list(prefix: string, after: string, limit: number): Promise<ObjectHead[]>;
}

// The suffix keeps '.' and '..' from being names of their own, and unfinished files out of lists.
const suffix = '.object';
const nameOf = (key: string) => `${encodeURIComponent(key)}${suffix}`;

/** Opens (and makes, where missing) the folder that holds a bucket's objects. */
export async function openObjectFiles(folder: string): Promise<ObjectFiles> {
  await mkdir(folder, { recursive: true });

  const pathOf = (key: string) => {
    const name = nameOf(key);
    if (key === '' || name.length > 250)
      throw new S3Fault(400, 'KeyTooLongError', 'The key is empty or too long.');
    return join(folder, name);
  };

  return {
    async put(key, body, about) {
      const head: ObjectHead = {
        key,
        contentType: about.contentType,
        cacheControl: about.cacheControl,
        etag: createHash('md5').update(body).digest('hex'),
        size: body.length,
        modified: new Date().toISOString(),
      };
      const path = pathOf(key);
      const unfinished = join(folder, `${randomUUID()}.unfinished`);
      try {
        await writeFile(unfinished, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]), {
          mode: 0o600,
        });
        await rename(unfinished, path);
      } finally {
        await rm(unfinished, { force: true });
      }
      return head;
    },
    head: (key) => readHead(pathOf(key)),
    async get(key) {
      const file = await readFile(pathOf(key)).catch(missing);
      const end = file.indexOf('\n');
      return { head: parseHead(file.subarray(0, end)), body: file.subarray(end + 1) };
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
      const heads = await Promise.allSettled(keys.map((key) => readHead(pathOf(key))));
      return heads.flatMap((head) => (head.status === 'fulfilled' ? [head.value] : []));
    },
  };
}

async function readHead(path: string): Promise<ObjectHead> {
  const file = await open(path).catch(missing);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return parseHead(buffer.subarray(0, buffer.subarray(0, bytesRead).indexOf('\n')));
  } finally {
    await file.close();
  }
}

function parseHead(line: Buffer): ObjectHead {
  return JSON.parse(line.toString()) as ObjectHead;
}

function missing(error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOENT') throw noSuchKey();
  throw error;
}
