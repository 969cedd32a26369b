import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { accessDenied, noSuchKey, S3Fault } from './fault.ts';
import type { ObjectFiles, ObjectHead } from './object-files.ts';
import { readPostForm } from './post-form.ts';
import { checkPostFields, maxFileBytes } from './post-policy.ts';
import { escapeXml, send } from './responses.ts';
import { type Credentials, verifyRequest } from './signature.ts';
import { readTarget } from './target.ts';

export { sendFault } from './responses.ts';

export interface S3Bucket {
  name: string;
  credentials: Credentials;
  files: ObjectFiles;
}

/**
 * Answers one request of the S3 REST API, path style: PUT, GET (with a range), HEAD and DELETE of an object, POST of
 * a signed form, HEAD and PUT of the bucket, ListObjectsV2. Nothing is answered, nor read of a body, without a valid
 * signature; bodies go to the disk as they come.
 */
export async function handleS3(
  bucket: S3Bucket,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = readTarget(request);
  const [, name, ...rest] = url.pathname.split('/');
  const key = decodeURIComponent(rest.join('/'));
  const isForm = request.headers['content-type']?.startsWith('multipart/form-data') ?? false;
  if (request.method === 'POST' && !key && isForm) {
    assertBucket(bucket, name);
    return await postObject(bucket, request, response);
  }

  const payloadHash = verifyRequest(request, url, bucket.credentials);
  assertBucket(bucket, name);
  switch (`${request.method} ${key ? 'object' : 'bucket'}`) {
    case 'PUT object':
      return await putObject(bucket, key, payloadHash, request, response);
    case 'GET object':
      return await getObject(bucket, key, url, request, response);
    case 'HEAD object':
      return send(response, 200, objectHeaders(await bucket.files.head(key)));
    case 'DELETE object':
      await bucket.files.delete(key);
      return send(response, 204);
    case 'HEAD bucket':
    case 'PUT bucket':
      return send(response, 200);
    case 'GET bucket':
      return await listObjects(bucket, url, response);
    default:
      throw new S3Fault(501, 'NotImplemented', 'This local endpoint does not know the operation.');
  }
}

function assertBucket(bucket: S3Bucket, name: string | undefined): void {
  if (name !== bucket.name) throw new S3Fault(404, 'NoSuchBucket', 'The specified bucket does not exist.');
}

async function postObject(
  bucket: S3Bucket,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { fields, file } = await readPostForm(request);
  try {
    const { key, contentType, size } = checkPostFields(fields, bucket.name, bucket.credentials);
    const head = await bucket.files.put(key, within(file, size), { contentType });
    send(response, 204, { etag: `"${head.etag}"` });
  } finally {
    file.destroy();
  }
}

/** Bytes on their way, as many as allowed. */
async function* within(
  body: AsyncIterable<Buffer>,
  { min, max }: { min: number; max: number },
): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > max) throw new S3Fault(400, 'EntityTooLarge', 'The upload is larger than allowed.');
    yield chunk;
  }
  if (size < min) throw new S3Fault(400, 'EntityTooSmall', 'The upload is smaller than allowed.');
}

/** Bytes on their way, which in the end have to be those that were signed. */
async function* asSigned(body: AsyncIterable<Buffer>, payloadHash: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
  if (payloadHash !== 'UNSIGNED-PAYLOAD' && hash.digest('hex') !== payloadHash) {
    throw new S3Fault(400, 'XAmzContentSHA256Mismatch', 'The body is not the one that was signed.');
  }
}

async function putObject(
  bucket: S3Bucket,
  key: string,
  payloadHash: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (payloadHash.startsWith('STREAMING-')) {
    throw new S3Fault(501, 'NotImplemented', 'This local endpoint does not take bodies in signed chunks.');
  }
  const body = within(asSigned(request, payloadHash), { min: 0, max: maxFileBytes });
  const head = await bucket.files.put(key, body, {
    contentType: request.headers['content-type'] ?? 'binary/octet-stream',
    cacheControl: request.headers['cache-control'],
  });
  send(response, 200, { etag: `"${head.etag}"` });
}

async function getObject(
  bucket: S3Bucket,
  key: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const object = await bucket.files.open(key);
  try {
    const { head } = object;
    const headers = objectHeaders(head);
    for (const name of ['content-type', 'content-disposition', 'cache-control']) {
      const override = url.searchParams.get(`response-${name}`);
      if (override && /^[\t\x20-\x7e]*$/.test(override)) headers[name] = override;
    }
    if (request.headers['if-none-match'] === `"${head.etag}"`)
      return send(response, 304, { etag: `"${head.etag}"` });
    const range = rangeOf(request.headers.range, head.size);
    if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${head.size}`;
    const { start, end } = range ?? { start: 0, end: head.size - 1 };
    headers['content-length'] = String(end - start + 1);
    response.writeHead(range ? 206 : 200, headers);
    if (end < start) response.end();
    else await pipeline(object.read(start, end), response);
  } finally {
    await object.close();
  }
}

/** The one range that is asked for; null: all of it. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | null {
  const range = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (!range) return null;
  const start = Number(range[1]);
  const end = Math.min(range[2] ? Number(range[2]) : size - 1, size - 1);
  if (start > end) throw new S3Fault(416, 'InvalidRange', 'The requested range is not satisfiable.');
  return { start, end };
}

async function listObjects(bucket: S3Bucket, url: URL, response: ServerResponse): Promise<void> {
  if (url.searchParams.get('list-type') !== '2') throw accessDenied('Only ListObjectsV2 is known here.');
  const prefix = url.searchParams.get('prefix') ?? '';
  const limit = Math.min(Number(url.searchParams.get('max-keys') ?? 1000) || 1000, 1000);
  const after = url.searchParams.get('continuation-token') ?? url.searchParams.get('start-after') ?? '';
  const found = await bucket.files.list(prefix, after, limit + 1);
  const page = found.slice(0, limit);
  const isTruncated = found.length > limit;
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    `<Name>${bucket.name}</Name><Prefix>${escapeXml(prefix)}</Prefix><KeyCount>${page.length}</KeyCount>`,
    `<MaxKeys>${limit}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>`,
    isTruncated ? `<NextContinuationToken>${escapeXml(page.at(-1)?.key ?? '')}</NextContinuationToken>` : '',
    ...page.map(
      (head) =>
        `<Contents><Key>${escapeXml(head.key)}</Key><LastModified>${head.modified}</LastModified><ETag>&quot;${head.etag}&quot;</ETag><Size>${head.size}</Size></Contents>`,
    ),
    '</ListBucketResult>',
  ].join('');
  send(response, 200, { 'content-type': 'application/xml' }, Buffer.from(body));
}

function objectHeaders(head: ObjectHead): Record<string, string> {
  return {
    'content-type': head.contentType,
    'content-length': String(head.size),
    'last-modified': new Date(head.modified).toUTCString(),
    etag: `"${head.etag}"`,
    'accept-ranges': 'bytes',
    ...(head.cacheControl && { 'cache-control': head.cacheControl }),
  };
}

/** Whatever was thrown, as the fault to answer with; null for a defect of ours. */
export function asFault(error: unknown): S3Fault | null {
  if (error instanceof S3Fault) return error;
  if (error instanceof URIError) return noSuchKey();
  return null;
}
