import type { GraphQLDataSource } from '@apollo/gateway';
import { Pool, errors as undiciErrors } from 'undici';
import type { EngineLog } from './log.ts';
import { isRecord, type MaskSubgraphError, unavailable } from './subgraph-errors.ts';

/** How a subgraph is called over HTTP. */
export interface FetchOptions {
  /** From the moment the fetch is asked for until its answer is there whole. */
  timeoutMs: number;
  /** Connections to one subgraph. */
  connections: number;
  /** Fetches that may wait for a connection; beyond them a fetch fails at once. */
  queue: number;
  maxResponseBytes: number;
}

export const defaultFetchOptions: FetchOptions = {
  timeoutMs: 10_000,
  connections: 64,
  queue: 512,
  maxResponseBytes: 32_000_000,
};

type Process = GraphQLDataSource['process'];
type ProcessOptions = Parameters<Process>[0];
type SubgraphResponse = Awaited<ReturnType<Process>>;

/** A subgraph over HTTP, as ApolloGateway's executor calls it. */
export interface SubgraphDataSource extends GraphQLDataSource {
  close(): Promise<void>;
}

/**
 * Takes a subgraph's name and URL. Its headers come from `headersFor` alone: nothing that a client sent goes on.
 * A fetch that fails for any reason throws an error with code UNAVAILABLE; why is in the log. A query whose
 * connection broke before an answer is sent once more, a mutation never.
 */
export function createDataSource<Context extends object>(options: {
  name: string;
  url: string;
  fetch: FetchOptions;
  headersFor: (subgraph: string, context: Context) => Record<string, string>;
  signalOf: (context: Context) => AbortSignal | undefined;
  maskError: MaskSubgraphError;
  log: EngineLog;
}): SubgraphDataSource {
  const { name, fetch, headersFor, signalOf, maskError, log } = options;
  const url = new URL(options.url);
  const path = `${url.pathname}${url.search}`;
  const pool = new Pool(url.origin, {
    connections: fetch.connections,
    pipelining: 1,
    connect: { timeout: Math.min(fetch.timeoutMs, 3000) },
    headersTimeout: fetch.timeoutMs,
    bodyTimeout: fetch.timeoutMs,
    maxResponseSize: fetch.maxResponseBytes,
    allowH2: false,
  });
  let underWay = 0;

  async function post(body: string, headers: Record<string, string>, signal: AbortSignal): Promise<unknown> {
    const answer = await pool.request({ method: 'POST', path, headers, body, signal });
    const text = await answer.body.text();
    if (answer.statusCode === 401 || answer.statusCode === 403) {
      throw new Error(`the subgraph refuses the gateway itself (status ${answer.statusCode})`);
    }
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`the subgraph's answer is not JSON (status ${answer.statusCode})`);
    }
  }

  async function send({ request, context }: ProcessOptions): Promise<SubgraphResponse> {
    const body = JSON.stringify({
      query: request.query,
      variables: request.variables,
      operationName: request.operationName,
    });
    const headers = {
      // The executor hands on the context that the request came with.
      ...headersFor(name, context as Context),
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
    };
    const isMutation = /^\s*mutation\b/.test(request.query ?? '');
    const limit = withDeadline(fetch.timeoutMs, signalOf(context as Context));
    try {
      const answer = await post(body, headers, limit.signal).catch((error: unknown) => {
        if (isMutation || limit.signal.aborted || !connectionBroke(error)) throw error;
        log.debug({ subgraph: name }, 'a connection to a subgraph broke; the query is sent once more');
        return post(body, headers, limit.signal);
      });
      return read(answer);
    } finally {
      limit.clear();
    }
  }

  function read(answer: unknown): SubgraphResponse {
    if (!isRecord(answer)) throw new Error("the subgraph's answer is not an object");
    const { data, errors } = answer;
    if (errors !== undefined && !Array.isArray(errors)) throw new Error('`errors` is not a list');
    if (data !== undefined && data !== null && !isRecord(data)) throw new Error('`data` is not an object');
    if (data === undefined && !errors?.length) throw new Error('the answer has neither data nor errors');
    return { data: data ?? null, ...(errors?.length && { errors: errors.map(maskError) }) };
  }

  return {
    async process(request) {
      if (underWay >= fetch.connections + fetch.queue) {
        log.warn({ subgraph: name, underWay }, 'too many fetches wait for a subgraph');
        throw unavailable(pathOf(request));
      }
      underWay += 1;
      try {
        return await send(request);
      } catch (error) {
        const gone = signalOf(request.context as Context)?.aborted === true;
        if (!gone) log.warn({ subgraph: name, err: error }, 'a fetch from a subgraph failed');
        throw unavailable(pathOf(request));
      } finally {
        underWay -= 1;
      }
    },
    close: () => pool.close(),
  };
}

/** The place in the answer that the fetch was for, as far as it is one place: not into lists. */
function pathOf(request: ProcessOptions): (string | number)[] {
  const path = 'pathInIncomingRequest' in request ? (request.pathInIncomingRequest ?? []) : [];
  const list = path.indexOf('@');
  return list === -1 ? path : path.slice(0, list);
}

function connectionBroke(error: unknown): boolean {
  if (error instanceof undiciErrors.SocketError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNREFUSED';
}

function withDeadline(ms: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${ms} ms`)), ms);
  const abort = () => controller.abort(outer?.reason);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}
