import type { IncomingMessage } from 'node:http';
import { CodedError } from '../errors.ts';
import { BodyTooLargeError, readBody } from '../http/body.ts';
import { targetOf } from '../http/request-target.ts';
import { type GatheringResponse, sendError, sendJson, whenGone } from '../http/response.ts';
import type { Handler } from '../http/server.ts';
import { IDENTITY_HEADER } from '../identity/identity-signer.ts';
import { batchSuffix } from './batch.ts';
import { maxBodyBytes, type OperationEndpoint, statusOf } from './operation-endpoint.ts';

const shortBytes = 16_384;

/** Answers a subgraph's requests: operations at /graphql for whom the gateway vouches, and the service's own routes. */
export function createSubgraphHandler(endpoint: OperationEndpoint, routes: Record<string, Handler>): Handler {
  async function answer(
    request: IncomingMessage,
    response: GatheringResponse,
    isBatch: boolean,
  ): Promise<void> {
    try {
      const identity = endpoint.verifyIdentity(request.headers[IDENTITY_HEADER]);
      if (request.method !== 'POST') {
        return sendError(response, 405, 'BAD_USER_INPUT', 'Operations come by POST', { allow: 'POST' });
      }
      const body = await readBody(request, maxBodyBytes);
      const result = await endpoint.answer(identity, body, { isBatch, gone: whenGone(response) });
      sendJson(response, result.status, result.body);
    } catch (error) {
      if (error instanceof CodedError) {
        // Node would read on to the end of a body that nobody wants, to keep the connection.
        const isRead = request.complete || isShort(request);
        const headers: Record<string, string> = isRead ? {} : { connection: 'close' };
        return sendError(response, statusOf(error), error.code, error.message, headers);
      }
      if (error instanceof BodyTooLargeError) {
        return sendError(response, 413, 'BAD_USER_INPUT', 'The body is too large', { connection: 'close' });
      }
      throw error;
    }
  }

  return async (request, response) => {
    const { path } = targetOf(request);
    const route = routes[`${request.method} ${path}`];
    if (route) return route(request, response);
    const isBatch = path === `/graphql${batchSuffix}`;
    if (path !== '/graphql' && !isBatch)
      return sendError(response, 404, 'NOT_FOUND', 'There is nothing here');
    await answer(request, response, isBatch);
  };
}

const isShort = ({ headers }: IncomingMessage) => Number(headers['content-length']) <= shortBytes;
