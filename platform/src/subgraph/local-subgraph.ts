import type { Server } from 'graphql-ws';
import type { ServiceName } from '../contracts/services.ts';
import { isDatabaseUnavailable } from '../database/database-errors.ts';
import { settledWithin } from '../deadline.ts';
import { CodedError } from '../errors.ts';
import { IDENTITY_HEADER } from '../identity/identity-signer.ts';
import { type Logger, REQUEST_ID_HEADER, requestIdFrom, traceparentFrom, withRequestId } from '../log.ts';
import { batchSuffix } from './batch.ts';
import { maxBodyBytes, type OperationEndpoint, statusOf } from './operation-endpoint.ts';

/** A request within the process: what HTTP would carry. */
export interface LocalRequest {
  /** Behind the path of single operations. */
  suffix: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** One end of a connection within the process that speaks graphql-transport-ws, message by message. */
export interface LocalPeer {
  message(text: string): void;
  closed(code: number, reason: string): void;
}

/** A subgraph as a gateway in the same process calls it: the same identities, limits and answers as over a socket. */
export interface LocalSubgraph {
  answer(request: LocalRequest, gone: AbortSignal): Promise<{ status: number; text: string }>;
  /** Opens a connection for subscriptions; `peer` is the gateway's end, what is returned the subgraph's. */
  connect(headers: Readonly<Record<string, string>>, peer: LocalPeer): LocalPeer;
}

/** The subgraphs that are up in this process. */
export class LocalSubgraphs {
  readonly #up = new Map<ServiceName, LocalSubgraph>();

  of(name: ServiceName): LocalSubgraph | undefined {
    return this.#up.get(name);
  }

  /** Puts one up; gives what takes it down, which waits for its requests in hand. */
  add(name: ServiceName, { subgraph, drain }: ReturnType<typeof createLocalSubgraph>): () => Promise<void> {
    this.#up.set(name, subgraph);
    return async () => {
      if (this.#up.get(name) === subgraph) this.#up.delete(name);
      await drain();
    };
  }
}

/** As the server of the services' sockets has it. */
const goingAway = 1001;
const internalError = 4500;
const drainMs = 10_000;

export function createLocalSubgraph(options: {
  endpoint: OperationEndpoint;
  protocol: Server;
  log: Logger;
}): { subgraph: LocalSubgraph; drain: () => Promise<void> } {
  const { endpoint, protocol, log } = options;
  const underWay = new Set<Promise<unknown>>();
  const connections = new Set<(code: number, reason: string) => void>();

  async function answer(request: LocalRequest, gone: AbortSignal): Promise<{ status: number; text: string }> {
    try {
      const identity = endpoint.verifyIdentity(request.headers[IDENTITY_HEADER]);
      if (Buffer.byteLength(request.body) > maxBodyBytes) return failure(413, 'BAD_USER_INPUT');
      const isBatch = request.suffix === batchSuffix;
      if (!isBatch && request.suffix !== '') return failure(404, 'NOT_FOUND');
      const { status, body } = await endpoint.answer(identity, request.body, { isBatch, gone });
      return { status, text: JSON.stringify(body) };
    } catch (error) {
      if (error instanceof CodedError) return failure(statusOf(error), error.code, error.message);
      const isDatabase = isDatabaseUnavailable(error);
      if (isDatabase) log.warn({ err: error }, 'the database did not answer a local request');
      else log.error({ err: error }, 'unexpected error in a local request');
      return isDatabase ? failure(503, 'UNAVAILABLE') : failure(500, 'INTERNAL_SERVER_ERROR');
    }
  }

  function connect(peer: LocalPeer): LocalPeer {
    let isOpen = true;
    const handlers: ((text: string) => Promise<void>)[] = [];
    const end = (code: number, reason: string) => {
      if (!isOpen) return;
      isOpen = false;
      connections.delete(close);
      closed(code, reason).catch((error: unknown) =>
        log.error({ err: error }, 'a local connection was not given up cleanly'),
      );
    };
    const close = (code: number, reason: string) => {
      if (!isOpen) return;
      end(code, reason);
      peer.closed(code, reason);
    };
    const closed = protocol.opened(
      {
        protocol: 'graphql-transport-ws',
        send: async (text) => {
          if (isOpen) peer.message(text);
        },
        close: (code = goingAway, reason = '') => close(code, reason),
        onMessage: (handle) => void handlers.push(handle),
      },
      undefined,
    );
    connections.add(close);
    return {
      message(text) {
        for (const handle of handlers)
          handle(text).catch((error: unknown) => {
            log.error({ err: error }, 'unexpected error in a local connection');
            close(internalError, 'Internal server error');
          });
      },
      closed: end,
    };
  }

  return {
    subgraph: {
      answer(request, gone) {
        const answered = withRequestId(
          requestIdFrom(request.headers[REQUEST_ID_HEADER]),
          () => answer(request, gone),
          traceparentFrom(request.headers.traceparent),
        );
        underWay.add(answered);
        answered.finally(() => underWay.delete(answered));
        return answered;
      },
      connect(headers, peer) {
        endpoint.verifyIdentity(headers[IDENTITY_HEADER]);
        return connect(peer);
      },
    },
    async drain() {
      for (const close of [...connections]) close(goingAway, 'Going away');
      await settledWithin(Promise.allSettled([...underWay]), drainMs);
    },
  };
}

const failure = (status: number, code: string, message = code) => ({
  status,
  text: JSON.stringify({ errors: [{ message, extensions: { code } }] }),
});
