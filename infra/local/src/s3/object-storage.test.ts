import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createLogger } from '@socialhub/platform/log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ObjectStorage, startObjectStorage } from './object-storage.ts';

const log = createLogger({ service: 'test', level: 'silent' });
let dataDir: string;
let storage: ObjectStorage;
let client: S3Client;

const clientFor = (given: ObjectStorage, secretAccessKey = given.secretAccessKey) =>
  new S3Client({
    endpoint: given.url,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    credentials: { accessKeyId: given.accessKeyId, secretAccessKey },
  });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'socialhub-s3-'));
  storage = await startObjectStorage({ dataDir, log });
  client = clientFor(storage);
});

afterAll(async () => {
  client.destroy();
  await storage.stop();
  await rm(dataDir, { recursive: true });
});

const put = (key: string, body: string) =>
  client.send(
    new PutObjectCommand({
      Bucket: storage.bucket,
      Key: key,
      Body: Buffer.from(body),
      ContentType: 'text/plain',
    }),
  );

async function ticket(key: string, range: [number, number] = [1, 10], expires = 600) {
  const { url, fields } = await createPresignedPost(client, {
    Bucket: storage.bucket,
    Key: key,
    Fields: { 'Content-Type': 'image/png' },
    Conditions: [
      ['content-length-range', ...range],
      ['eq', '$Content-Type', 'image/png'],
    ],
    Expires: expires,
  });
  return async (change: Record<string, string>, body: string) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, ...change })) form.append(name, value);
    form.append('file', new Blob([body]), 'x.png');
    const response = await fetch(url, {
      method: 'POST',
      body: form,
      headers: { origin: 'http://web.example' },
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
}

test('an object is stored, described, read in part, listed and deleted', async () => {
  await put("dir/it's (1) ä+b.txt", 'hello world');
  const at = { Bucket: storage.bucket, Key: "dir/it's (1) ä+b.txt" };
  const head = await client.send(new HeadObjectCommand(at));
  expect([head.ContentLength, head.ContentType]).toEqual([11, 'text/plain']);
  const part = await client.send(new GetObjectCommand({ ...at, Range: 'bytes=6-' }));
  expect(await part.Body?.transformToString()).toBe('world');
  await put('dir/second', '2');
  const list = await client.send(
    new ListObjectsV2Command({ Bucket: storage.bucket, Prefix: 'dir/', MaxKeys: 1 }),
  );
  expect([list.Contents?.[0]?.Key, list.IsTruncated]).toEqual([at.Key, true]);
  await client.send(new DeleteObjectCommand(at));
  await expect(client.send(new HeadObjectCommand(at))).rejects.toMatchObject({ name: 'NotFound' });
});

test('a presigned URL reads its own object, with the headers that were signed, until it expires', async () => {
  await put('signed', 'yes');
  const command = new GetObjectCommand({
    Bucket: storage.bucket,
    Key: 'signed',
    ResponseContentDisposition: 'inline',
    ResponseContentType: 'image/webp',
  });
  const url = await getSignedUrl(client, command, { expiresIn: 60 });
  const response = await fetch(url);
  expect(await response.text()).toBe('yes');
  expect(response.headers.get('content-type')).toBe('image/webp');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await fetch(url.replace('/signed?', '/other?'))).status).toBe(403);
  expect((await fetch(url.replace('webp', 'svg%2Bxml'))).status).toBe(403);
  const late = await getSignedUrl(client, command, {
    expiresIn: 60,
    signingDate: new Date(Date.now() - 61_000),
  });
  expect((await fetch(late)).status).toBe(403);
});

test('nothing is answered without the key of this home', async () => {
  const wrong = clientFor(storage, 'x'.repeat(40));
  const at = { Bucket: storage.bucket, Key: 'signed' };
  await expect(wrong.send(new GetObjectCommand(at))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  wrong.destroy();
  expect((await fetch(`${storage.url}/${storage.bucket}/signed`)).status).toBe(403);
  expect((await fetch(`${storage.url}/${storage.bucket}/signed`, { method: 'PUT', body: 'x' })).status).toBe(
    403,
  );
  expect((await fetch(`${storage.url}/${storage.bucket}`)).status).toBe(403);
});

test('a form is taken as its policy says, from any page', async () => {
  const post = await ticket('incoming/a');
  const done = await post({}, 'png bytes');
  expect(done.status).toBe(204);
  expect(done.headers.get('access-control-allow-origin')).toBe('http://web.example');
  const head = await client.send(new HeadObjectCommand({ Bucket: storage.bucket, Key: 'incoming/a' }));
  expect([head.ContentType, head.ContentLength]).toEqual(['image/png', 9]);
});

test('a form that departs from its policy is refused', async () => {
  const post = await ticket('incoming/b');
  expect((await post({}, 'more than ten bytes')).text).toContain('EntityTooLarge');
  expect((await post({}, '')).text).toContain('EntityTooSmall');
  expect((await post({ key: 'media/b' }, 'png')).text).toContain('Policy Condition failed: key');
  expect((await post({ 'Content-Type': 'text/html' }, 'png')).text).toContain(
    'Condition failed: Content-Type',
  );
  expect((await post({ acl: 'public-read' }, 'png')).text).toContain('Extra input fields: acl');
  expect((await post({ Policy: Buffer.from('{}').toString('base64') }, 'png')).text).toContain(
    'SignatureDoesNot',
  );
  expect((await (await ticket('incoming/b', [1, 10], -1))({}, 'png')).text).toContain('Policy expired');
  const list = await client.send(new ListObjectsV2Command({ Bucket: storage.bucket, Prefix: 'incoming/b' }));
  expect(list.KeyCount).toBe(0);
});

test('a malformed form is refused and the endpoint lives on', async () => {
  const response = await fetch(`${storage.url}/${storage.bucket}`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=----b' },
    body: '------b\r\n\r\n\r\nContent-Disposition: form-data; name="',
  });
  expect(response.status).toBe(400);
  expect((await fetch(`${storage.url}/%E0%A4%A`)).status).toBeLessThan(500);
});

test('a browser may ask before it uploads', async () => {
  const response = await fetch(`${storage.url}/${storage.bucket}`, {
    method: 'OPTIONS',
    headers: { origin: 'http://web.example', 'access-control-request-method': 'POST' },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-methods')).toContain('POST');
});

test('keys and objects are kept from start to start, for the owner alone', async () => {
  await put('kept', 'still here');
  const again = await startObjectStorage({ dataDir, log });
  const other = clientFor(again);
  const kept = await other.send(new GetObjectCommand({ Bucket: again.bucket, Key: 'kept' }));
  expect(await kept.Body?.transformToString()).toBe('still here');
  other.destroy();
  await again.stop();
  expect((await stat(join(dataDir, 'credentials.json'))).mode & 0o777).toBe(0o600);
});
