import type { IncomingMessage, ServerResponse } from 'node:http';
import { CodedError } from '@socialhub/platform/errors';
import { BodyTooLargeError } from '@socialhub/platform/http/body';
import {
  type AcceptedCodings,
  acceptedCodings,
  compressed,
  stored,
  worthCompressing,
} from '@socialhub/platform/http/content-coding';
import { sendError, sendJson, sendText } from '@socialhub/platform/http/response';
import { RateLimited } from '../../admission/rate-limit.ts';
import type { HttpResponse } from '../../operations/http-operation.ts';
import { maxOperationBytes } from '../../operations/operation-params.ts';
import { type Accepted, acceptedBy } from './accept.ts';
import { RefusedRequest } from './http-request.ts';

/** In which form a request wants its answer. Throws RefusedRequest where there is none that can be had. */
export function wantedForm({ headers }: IncomingMessage): Accepted {
  const wanted = acceptedBy(headers.accept);
  if (!wanted.stream && !wanted.inParts && !wanted.whole) {
    throw new RefusedRequest(
      406,
      'Answers come as application/json, application/graphql-response+json, text/event-stream, or multipart/mixed with subscriptionSpec=1.0 or deferSpec=20220824',
    );
  }
  return wanted;
}

/** In which coding a request wants its answer. Throws RefusedRequest where there is none that can be had. */
export function wantedCoding({ headers }: IncomingMessage): AcceptedCodings {
  const wanted = acceptedCodings(headers['accept-encoding']);
  if (!wanted.plain && !wanted.coding) {
    throw new RefusedRequest(406, 'Answers come plain, or as gzip to whoever takes nothing plain');
  }
  return wanted;
}

/**
 * Sends an answer, compressed where that is wanted and worth it. `mayCompress` is false for answers with secrets of
 * their own: their length must not depend on what else is in them (decision 0081).
 */
export async function sendResponse(
  response: ServerResponse,
  answer: HttpResponse,
  wanted: AcceptedCodings,
  mayCompress: boolean,
): Promise<void> {
  const headers = { 'cache-control': 'no-store', vary: 'Accept-Encoding', ...answer.headers };
  const { status, text } = answer;
  const isWorthIt = mayCompress && text.length >= worthCompressing;
  if (!wanted.coding || (wanted.plain && !isWorthIt)) return sendText(response, status, headers, text);
  const plain = Buffer.from(text);
  const begun = isWorthIt ? compressed(plain, wanted.coding) : null;
  if (!begun && wanted.plain) return sendText(response, status, headers, text);
  const bytes = await (begun ?? stored(plain));
  if (response.destroyed) return;
  response
    .writeHead(status, { ...headers, 'content-encoding': wanted.coding, 'content-length': bytes.length })
    .end(bytes);
}

/** Answers a request that failed for a known reason; false when the reason is not one that a client may know. */
export function sendFault(response: ServerResponse, error: unknown): boolean {
  if (error instanceof RefusedRequest) {
    sendError(response, error.status, 'BAD_USER_INPUT', error.message, error.headers);
  } else if (error instanceof BodyTooLargeError) {
    const message = `The body is too large: at most ${maxOperationBytes} bytes are allowed, inflated`;
    sendError(response, 413, 'BAD_USER_INPUT', message, { connection: 'close' });
  } else if (error instanceof RateLimited) {
    const { code, retryAfter, limit } = error.extensions;
    const errors = [{ message: error.message, extensions: { code, retryAfter, limit } }];
    sendJson(response, 429, { errors }, error.headers);
  } else if (error instanceof CodedError && error.code === 'UNAUTHENTICATED') {
    sendError(response, 401, error.code, error.message, {
      'www-authenticate': 'Bearer error="invalid_token"',
    });
  } else if (error instanceof CodedError) {
    const status = error.code === 'BAD_USER_INPUT' ? 400 : 503;
    sendJson(response, status, { errors: [error.toJSON()] });
  } else {
    return false;
  }
  return true;
}
