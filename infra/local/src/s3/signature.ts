import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { accessDenied, S3Fault } from './fault.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
const clockToleranceMs = 15 * 60_000;

interface Claim {
  credential: string;
  date: string;
  signedHeaders: string[];
  signature: string;
  payloadHash: string;
}

/**
 * Checks a request's Signature Version 4, in its Authorization header or in its query (a presigned URL), and gives
 * the payload hash that was signed. Throws AccessDenied, SignatureDoesNotMatch and their like.
 */
export function verifyRequest(request: IncomingMessage, url: URL, credentials: Credentials): string {
  const presigned = url.searchParams.has('X-Amz-Signature');
  const claim = presigned ? readPresigned(url) : readHeader(request);
  const scope = checkScope(claim.credential, claim.date, credentials);
  if (!claim.signedHeaders.includes('host')) throw accessDenied('The host header must be signed.');
  const canonical = [
    request.method,
    url.pathname
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    canonicalQuery(url),
    ...claim.signedHeaders.map((name) => `${name}:${headerValue(request, name)}`),
    '',
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const toSign = [algorithm, claim.date, scope.text, hash].join('\n');
  assertSignature(sign(credentials.secretAccessKey, scope.parts, toSign), claim.signature);
  return claim.payloadHash;
}

/** Checks the signature over a POST policy's base64 text; `field` reads the form's fields by lower-case name. */
export function verifyPolicy(
  policy: string,
  field: (name: string) => string,
  credentials: Credentials,
): void {
  if (field('x-amz-algorithm') !== algorithm) throw accessDenied('Unknown signature algorithm.');
  const scope = checkScope(field('x-amz-credential'), field('x-amz-date'), credentials);
  assertSignature(sign(credentials.secretAccessKey, scope.parts, policy), field('x-amz-signature'));
}

function readPresigned(url: URL): Claim {
  const query = (name: string) => url.searchParams.get(name) ?? '';
  if (query('X-Amz-Algorithm') !== algorithm) throw accessDenied('Unknown signature algorithm.');
  const age = Date.now() - parseDate(query('X-Amz-Date'));
  const lifetime = Number(query('X-Amz-Expires')) * 1000;
  if (!(lifetime > 0 && lifetime <= 604_800_000)) throw accessDenied('X-Amz-Expires is out of range.');
  if (age > lifetime || age < -clockToleranceMs) throw accessDenied('Request has expired');
  return {
    credential: query('X-Amz-Credential'),
    date: query('X-Amz-Date'),
    signedHeaders: query('X-Amz-SignedHeaders').split(';'),
    signature: query('X-Amz-Signature'),
    payloadHash: 'UNSIGNED-PAYLOAD',
  };
}

function readHeader(request: IncomingMessage): Claim {
  const header = request.headers.authorization;
  if (!header) throw accessDenied('The request is not signed.');
  const parts = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/.exec(
    header,
  );
  if (!parts?.[1] || !parts[2] || !parts[3]) throw accessDenied('The authorization header is malformed.');
  const date = headerValue(request, 'x-amz-date');
  if (Math.abs(Date.now() - parseDate(date)) > clockToleranceMs) {
    throw new S3Fault(403, 'RequestTimeTooSkewed', 'The request was signed at another time than now.');
  }
  return {
    credential: parts[1],
    date,
    signedHeaders: parts[2].split(';'),
    signature: parts[3],
    payloadHash: headerValue(request, 'x-amz-content-sha256'),
  };
}

function checkScope(credential: string, date: string, credentials: Credentials) {
  const [keyId, day = '', region = '', service, terminator] = credential.split('/');
  if (keyId !== credentials.accessKeyId) {
    throw new S3Fault(403, 'InvalidAccessKeyId', 'The access key does not exist.');
  }
  if (service !== 's3' || terminator !== 'aws4_request' || !date.startsWith(day) || day.length !== 8) {
    throw accessDenied('The credential scope is malformed.');
  }
  return { parts: [day, region, 's3', 'aws4_request'], text: `${day}/${region}/s3/aws4_request` };
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

function headerValue(request: IncomingMessage, name: string): string {
  const value = request.headers[name.toLowerCase()];
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().replace(/ +/g, ' ');
}

function sign(secret: string, scope: readonly string[], text: string): string {
  let key: Buffer | string = `AWS4${secret}`;
  for (const part of scope) key = createHmac('sha256', key).update(part).digest();
  return createHmac('sha256', key).update(text).digest('hex');
}

function assertSignature(expected: string, given: string): void {
  const same = expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
  if (!same) throw new S3Fault(403, 'SignatureDoesNotMatch', 'The signature does not match the request.');
}

// RFC 3986: encodeURIComponent leaves ! ' ( ) * alone, the signature does not.
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function parseDate(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) throw accessDenied('The date of the signature is malformed.');
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}
