import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { CodedError } from '@socialhub/platform/errors';
import { BodyTooLargeError, readBody } from '@socialhub/platform/http/body';
import { inflaterFor, isTooLong, readableCodings } from '@socialhub/platform/http/content-coding';
import { targetOf } from '@socialhub/platform/http/request-target';
import type { HttpRequest } from '../../operations/http-operation.ts';
import { readJson } from '../../operations/operation-json.ts';
import { maxOperationBytes, paramsOfSearch, readParams } from '../../operations/operation-params.ts';

/** A request that is refused before it is GraphQL. */
export class RefusedRequest extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Looks at all of a request that is known before its body is read. Throws RefusedRequest. */
export function checkRequest(request: IncomingMessage): void {
  const { headers } = request;
  switch (request.method) {
    case 'POST':
      if (headers['content-type'] !== 'application/json') checkContentType(headers['content-type']);
      if (inflaterFor(headers['content-encoding']) !== undefined) return;
      throw new RefusedRequest(415, `A body may be compressed by one of ${readableCodings}`, {
        'accept-encoding': readableCodings,
      });
    case 'GET':
    case 'HEAD':
      return;
    default:
      throw new RefusedRequest(405, 'GraphQL is asked with POST, or GET for queries', {
        allow: 'GET, HEAD, POST',
      });
  }
}

/** JSON alone, also because pages of other sites cannot make a browser send it unasked. */
function checkContentType(contentType = ''): void {
  const [type, ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  const isInUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (type?.trim() !== 'application/json' || !isInUtf8) {
    throw new RefusedRequest(415, 'The body has to be application/json, in UTF-8');
  }
}

/**
 * Refuses a GET that a page of another site can make a browser send without asking first. What asks first: a header of
 * Apollo's for this, a content type that no form has, and a bearer token, which unlike a password no browser adds by itself.
 */
export function checkPreflighted({ method, headers }: IncomingMessage): void {
  if (method === 'POST') return;
  if (headers['apollo-require-preflight'] || headers['x-apollo-operation-name']) return;
  if (headers.authorization && /^bearer /i.test(headers.authorization)) return;
  const type = headers['content-type']?.toLowerCase().split(';', 1)[0]?.trim();
  if (type === 'application/json') return;
  throw new RefusedRequest(
    400,
    'A GET has to come with Authorization, or with the header apollo-require-preflight: true, so that no page of another site can send it',
  );
}

/** What is asked for, whatever the answer is to be. */
export type AskedRequest = Pick<HttpRequest, 'method' | 'headers' | 'params'>;

/** Reads the operation that is asked for; `came` is told the length of its body, inflated, be it refused. Throws RefusedRequest, BodyTooLargeError, and BAD_USER_INPUT. */
export async function readRequest(
  request: IncomingMessage,
  came: (bytes: number) => void = ignore,
  limit = maxOperationBytes,
): Promise<AskedRequest> {
  const { headers } = request;
  if (request.method !== 'POST') {
    return { method: 'GET', headers, params: paramsOfSearch(targetOf(request).search) };
  }
  const body = await bodyOf(request, came, limit);
  return { method: 'POST', headers, params: readParams(jsonIn(body)) };
}

const ignore = () => undefined;

async function bodyOf(
  request: IncomingMessage,
  came: (bytes: number) => void,
  limit: number,
): Promise<Buffer> {
  const inflate = inflaterFor(request.headers['content-encoding']);
  try {
    const body = await readBody(request, limit);
    const inflated = inflate ? await inflate(body, { maxOutputLength: limit }) : body;
    came(inflated.length);
    return inflated;
  } catch (error) {
    // Whoever goes away has paid for what they announced.
    if (!request.complete && !(error instanceof BodyTooLargeError)) throw error;
    // Nobody says how far reading or inflating came: as far as it may.
    came(limit);
    if (!inflate || error instanceof BodyTooLargeError) throw error;
    if (isTooLong(error)) throw new BodyTooLargeError();
    throw new RefusedRequest(400, 'The body is not in the coding that Content-Encoding names');
  }
}

function jsonIn(body: Buffer): unknown {
  try {
    if (isUtf8(body)) return readJson(withoutMark(body.toString()));
  } catch (error) {
    if (error instanceof CodedError) throw error;
    // As what is not even text.
  }
  throw new RefusedRequest(400, 'The body is not JSON');
}

// A byte order mark, which RFC 8259 section 8.1 lets parsers ignore.
const withoutMark = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
