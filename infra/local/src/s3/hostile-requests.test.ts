import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { until } from '@socialhub/platform/testing/until';
import { type Logger, pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ObjectStorage, startObjectStorage } from './object-storage.ts';

const errors: string[] = [];
const log: Logger = pino({ level: 'error' }, { write: (line: string) => void errors.push(line) });
let dataDir: string;
let storage: ObjectStorage;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'socialhub-s3-'));
  storage = await startObjectStorage({ dataDir, log });
});
beforeEach(() => {
  errors.length = 0;
});
afterAll(async () => {
  await storage.stop();
  await rm(dataDir, { recursive: true });
});

const kept = () => readdir(join(dataDir, storage.bucket));

/** Opens a connection and writes what is given, byte for byte. */
function dial(text: string): Socket {
  const socket = connect(Number(new URL(storage.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text, 'latin1');
  return socket;
}

/** The answer that comes though the request goes on: its status and all of its text. */
async function answerTo(socket: Socket): Promise<{ status: number; text: string }> {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  await until(() => /\r\n\r\n/.test(text) && (text.startsWith('HTTP/1.1 2') || text.includes('</Error>')), {
    what: 'an answer',
  });
  socket.destroy();
  return { status: Number(text.split(' ')[1]), text };
}

const boundary = 'a-boundary';
const field = (name: string, value: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const fileBegins = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\nContent-Type: image/png\r\n\r\n`;

/** A form of 60 MB of which `begin` is sent. */
const sendForm = (begin: string) =>
  dial(
    `POST /${storage.bucket} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: 60000000\r\n\r\n${begin}`,
  );

async function signedFields(key: string, max: number): Promise<string> {
  const client = new S3Client({
    endpoint: storage.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: storage,
  });
  const { fields } = await createPresignedPost(client, {
    Bucket: storage.bucket,
    Key: key,
    Conditions: [['content-length-range', 1, max]],
    Expires: 60,
  });
  client.destroy();
  return Object.entries(fields)
    .map(([name, value]) => field(name, value))
    .join('');
}

describe('a body of 60 MB is refused while most of it has not come', () => {
  test.each([
    ['a form without a policy, as its file begins', field('key', 'a'), 'AccessDenied'],
    [
      'a form whose policy nobody signed',
      field('policy', Buffer.from('{}').toString('base64')),
      'AccessDenied',
    ],
    ['a form of 41 fields', Array.from({ length: 41 }, (_, n) => field(`f${n}`, 'x')).join(''), 'PreData'],
    ['a form with a field of 21 kB', field('key', 'x'.repeat(21_000)), 'PreData'],
  ])('%s', async (_what, fields, code) => {
    const { status, text } = await answerTo(sendForm(`${fields}${fileBegins}the first bytes`));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toContain(code);
    expect(await kept()).toEqual([]);
  });

  test('a form with more than S3 takes before its first part', async () => {
    const socket = sendForm('x'.repeat(30_000));
    socket.write('y'.repeat(300_000));
    expect((await answerTo(socket)).text).toContain('PreData');
  });

  test('a form whose file grows beyond what was signed', async () => {
    const socket = sendForm((await signedFields('incoming/long', 1_000)) + fileBegins);
    socket.write('x'.repeat(2_000));
    expect((await answerTo(socket)).text).toContain('EntityTooLarge');
    expect(await kept()).toEqual([]);
  });

  test('an object that nobody signed', async () => {
    const head = `PUT /${storage.bucket}/a HTTP/1.1\r\nHost: x\r\nContent-Length: 60000000\r\n\r\n`;
    expect(await answerTo(dial(`${head}begin`))).toMatchObject({ status: 403 });
  });
});

test('an upload that breaks off leaves nothing behind, nor a line at level error', async () => {
  const socket = sendForm((await signedFields('incoming/broken', 50_000_000)) + fileBegins);
  socket.write('x'.repeat(100_000));
  await until(async () => (await kept()).length === 1, { what: 'an unfinished file' });
  socket.destroy();
  await once(socket, 'close');
  await until(async () => (await kept()).length === 0, { what: 'nothing left' });
  expect(errors).toEqual([]);
});

describe('no first line of a request is a fault of the endpoint', () => {
  test.each([
    'GET //',
    'GET ///',
    'GET //name',
    'GET http://x//',
    'GET http://[',
    'GET *',
    'GET /%',
    'GET /%E0%A4%A',
    'GET /\\',
    'GET /?%',
    'GET /a/../../b',
    'GET /?X-Amz-Signature=',
    'OPTIONS *',
    'PUT /',
    'DELETE //',
    'POST /',
    'GET ftp://x/',
  ])('%s', async (line) => {
    const { status } = await answerTo(dial(`${line} HTTP/1.1\r\nHost: x\r\n\r\n`));
    expect(status).toBeLessThan(500);
    expect(errors).toEqual([]);
  });
});

test('an offer of another protocol is ignored', async () => {
  const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
  const { status, text } = await answerTo(dial(`GET /a HTTP/1.1\r\nHost: x\r\n${offer}\r\n`));
  expect([status, text.includes('AccessDenied')]).toEqual([403, true]);
});
