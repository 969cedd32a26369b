import type { IncomingMessage } from 'node:http';
import { createMoment, type Moment } from '../database/moment.ts';
import { CodedError } from '../errors.ts';
import { type Answer, sendError, sendJson, whenGone } from '../http/answer.ts';
import { BodyTooLargeError, readBody } from '../http/body.ts';
import { targetOf } from '../http/request-target.ts';
import type { Handler } from '../http/server.ts';
import type { Identity } from '../identity/identity.ts';
import { IDENTITY_HEADER } from '../identity/identity-signer.ts';
import type { IdentityVerifier } from '../identity/identity-verifier.ts';
import { batchSuffix, readBatch, runBatch } from './batch.ts';
import type { SubgraphContext } from './subgraph-context.ts';
import { readOperation, type SubgraphOperations } from './subgraph-operations.ts';

const maxBodyBytes = 4_000_000;
const shortBytes = 16_384;

/** Answers a subgraph's requests: operations at /graphql for whom the gateway vouches, and the service's own routes. */
export function createSubgraphHandler(options: {
  operations: SubgraphOperations;
  verifyIdentity: IdentityVerifier;
  createContext: (identity: Identity, signal: AbortSignal, moment: Moment) => SubgraphContext<unknown>;
  routes: Record<string, Handler>;
}): Handler {
  const { operations, verifyIdentity, createContext, routes } = options;

  async function answer(request: IncomingMessage, response: Answer, isBatch: boolean): Promise<void> {
    try {
      const identity = verifyIdentity(request.headers[IDENTITY_HEADER]);
      if (request.method !== 'POST') {
        return sendError(response, 405, 'BAD_USER_INPUT', 'Operations come by POST', { allow: 'POST' });
      }
      const body = await readBody(request, maxBodyBytes);
      const signal = whenGone(response);
      if (isBatch) {
        const batch = readBatch(body);
        sendJson(
          response,
          200,
          await runBatch(batch, { operations, verifyIdentity, createContext, gone: signal }),
        );
        return;
      }
      const operation = readOperation(body);
      const by = { viewerId: identity.viewer?.userId ?? null, signal };
      const result = await operations.run(operation, createContext(identity, signal, createMoment()), by);
      sendJson(response, 'data' in result ? 200 : 400, result);
    } catch (error) {
      if (error instanceof CodedError) {
        const status = error.code === 'UNAUTHENTICATED' ? 401 : 400;
        // Node would read on to the end of a body that nobody wants, to keep the connection.
        const isRead = request.complete || isShort(request);
        return sendError(response, status, error.code, error.message, isRead ? {} : { connection: 'close' });
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
