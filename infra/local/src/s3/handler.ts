import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLargeError, readBody } from '@socialhub/platform/http';
import { accessDenied, noSuchKey, S3Fault } from './fault.ts';
import type { ObjectFiles, ObjectHead } from './object-files.ts';
import { checkPostForm } from './post-policy.ts';
import { type Credentials, verifyRequest } from './signature.ts';

export interface S3Bucket {
  name: string;
  credentials: Credentials;
  files: ObjectFiles;
}

const maxBodyBytes = 64 * 1024 * 1024;

/**
 * Answers one request of the S3 REST API, path style: PUT, GET (with a range), HEAD and DELETE of an object, POST of
 * a signed form, HEAD and PUT of the bucket, ListObjectsV2. Nothing is answered without a valid signature.
 */
export async function handleS3(
  bucket: S3Bucket,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://local');
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

/** Writes a fault as S3 does. */
export function sendFault(response: ServerResponse, fault: S3Fault): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${fault.code}</Code><Message>${escapeXml(fault.message)}</Message></Error>`;
  send(response, fault.status, { 'content-type': 'application/xml' }, Buffer.from(body));
}

function assertBucket(bucket: S3Bucket, name: string | undefined): void {
  if (name !== bucket.name) throw new S3Fault(404, 'NoSuchBucket', 'The specified bucket does not exist.');
}

async function postObject(
  bucket: S3Bucket,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  const contentType = request.headers['content-type'] ?? '';
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw new S3Fault(400, 'MalformedPOSTRequest', 'The body is not well-formed multipart/form-data.');
    });
  const posted = checkPostForm(form, bucket.name, bucket.credentials);
  const bytes = Buffer.from(await posted.file.arrayBuffer());
  const head = await bucket.files.put(posted.key, bytes, { contentType: posted.contentType });
  send(response, 204, { etag: `"${head.etag}"` });
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
  const body = await bodyOf(request);
  const isUnsigned = payloadHash === 'UNSIGNED-PAYLOAD';
  if (!isUnsigned && createHash('sha256').update(body).digest('hex') !== payloadHash) {
    throw new S3Fault(400, 'XAmzContentSHA256Mismatch', 'The body is not the one that was signed.');
  }
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
  const { head, body } = await bucket.files.get(key);
  const headers = objectHeaders(head);
  for (const name of ['content-type', 'content-disposition', 'cache-control']) {
    const override = url.searchParams.get(`response-${name}`);
    if (override && !/[\r\n]/.test(override)) headers[name] = override;
  }
  if (request.headers['if-none-match'] === headers.etag)
    return send(response, 304, { etag: `"${head.etag}"` });
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range) return send(response, 200, headers, body);
  const start = Number(range[1]);
  const end = Math.min(range[2] ? Number(range[2]) : head.size - 1, head.size - 1);
  if (start > end) throw new S3Fault(416, 'InvalidRange', 'The requested range is not satisfiable.');
  headers['content-range'] = `bytes ${start}-${end}/${head.size}`;
  headers['content-length'] = String(end - start + 1);
  send(response, 206, headers, body.subarray(start, end + 1));
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

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  try {
    return await readBody(request, maxBodyBytes);
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      throw new S3Fault(400, 'EntityTooLarge', 'The upload is larger than this endpoint takes.');
    }
    throw error;
  }
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  body?: Buffer,
): void {
  response.writeHead(status, body ? { 'content-length': String(body.length), ...headers } : headers);
  response.end(body);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Whatever was thrown, as the fault to answer with; null for a defect of ours. */
export function asFault(error: unknown): S3Fault | null {
  if (error instanceof S3Fault) return error;
  if (error instanceof URIError) return noSuchKey();
  return null;
}
