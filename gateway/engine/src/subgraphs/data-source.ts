import type { GraphQLDataSource } from '@apollo/gateway';
import type { AbortSignalLike } from '../concurrency/abort-signal.ts';
import { SemaphoreFull } from '../concurrency/semaphore.ts';
import { type HttpResponse, ResponseTooLarge } from '../http/response.ts';
import type { EngineLog } from '../log.ts';
import { createBatches } from './batches.ts';
import { type BreakerState, createBreaker, type Outcome } from './breaker.ts';
import type { FetchOptions } from './fetch-options.ts';
import { createHttpTransport } from './http-transport.ts';
import { createLocalTransport } from './local-transport.ts';
import { createSubgraphCalls, KeptWaiting } from './subgraph-calls.ts';
import { isRecord, type MaskSubgraphError, tooMuchAtOnce, unavailable } from './subgraph-errors.ts';
import type { FindLocal } from './transport.ts';

/** What became of a fetch: answered, failed, kept back (breaker open, queue full), or its client has gone. */
export type FetchOutcome = 'answered' | 'failed' | 'refused' | 'abandoned';

/** Follows one fetch, for metrics and traces. */
export interface FetchWatch {
  /** Go to the subgraph beside the others. */
  headers?: Record<string, string>;
  ended(outcome: FetchOutcome): void;
}

/** Undefined: nobody looks. */
export type WatchFetch<Context extends object> = (
  subgraph: string,
  context: Context,
) => FetchWatch | undefined;

/** Those of one share wait behind each other, and shares take turns. */
export interface FetchShare {
  name: string;
  /** It costs nothing to have many such shares: all of them together leave room to the others. */
  isOfCrowd: boolean;
}

/** Who has a fetch made. Undefined: nobody in particular. `query` is the text that the subgraph is sent. */
export type ShareOf<Context extends object> = (context: Context, query: string) => FetchShare | undefined;

/** How things are with a subgraph at this moment. */
export interface SubgraphState {
  breaker: BreakerState;
  underWay: number;
  waiting: number;
  /** Since the beginning: requests that were sent (one for all fetches of a batch), and bytes of what was answered. */
  sent: number;
  receivedBytes: number;
}

type Process = GraphQLDataSource['process'];
type ProcessOptions = Parameters<Process>[0];
type SubgraphResponse = Awaited<ReturnType<Process>> & { isPlain: boolean };

/** A subgraph over HTTP, as executors call it. A request that has a `body` is sent as that text. */
export interface SubgraphDataSource extends GraphQLDataSource {
  state(): SubgraphState;
  close(): Promise<void>;
}

/** The subgraph does not let the gateway in, or the fetch was too much: no sign that it is not well. */
class Withdrawn extends Error {}

/**
 * Takes a subgraph's name and URL. Its headers come from `headersFor` and `watch` alone: nothing that a client sent
 * goes on. A fetch that fails for any reason throws an error with code UNAVAILABLE, or RATE_LIMITED where its share has
 * all that one may have under way; why is in the log. A query whose
 * connection broke before its response was there is sent once more, a mutation never. A subgraph that fails again and
 * again is not asked for a while.
 */
export function createDataSource<Context extends object>(options: {
  name: string;
  url: string;
  fetch: FetchOptions;
  headersFor: (subgraph: string, context: Context) => Record<string, string>;
  signalOf: (context: Context) => AbortSignalLike | undefined;
  shareOf?: ShareOf<Context> | undefined;
  maskError: MaskSubgraphError;
  watch?: WatchFetch<Context> | undefined;
  log: EngineLog;
  /** Answers in this process, in place of whatever is at the URL. */
  local?: FindLocal | undefined;
  /** See EngineOptions.batchSuffix. */
  batchSuffix?: string | undefined;
  handshakeHeadersFor?: ((subgraph: string) => Record<string, string>) | undefined;
}): SubgraphDataSource {
  const { name, fetch, headersFor, signalOf, shareOf, maskError, watch, log } = options;
  const bounds = {
    connectTimeoutMs: Math.min(fetch.timeoutMs, 3000),
    maxResponseBytes: fetch.maxResponseBytes,
  };
  const calls = createSubgraphCalls({
    ...fetch,
    transport: options.local
      ? createLocalTransport(options.local, bounds)
      : createHttpTransport(new URL(options.url), bounds),
    repeated: () =>
      log.debug({ subgraph: name }, 'a connection to a subgraph broke; the query is sent once more'),
  });
  const batches =
    options.batchSuffix === undefined
      ? null
      : createBatches({
          suffix: options.batchSuffix,
          post: (call) => calls.post(call),
          headers: () => options.handshakeHeadersFor?.(name) ?? {},
        });
  const breaker = createBreaker(fetch.breaker, (state) => {
    const said = { subgraph: name, breaker: state };
    if (state === 'open') log.warn(said, 'a subgraph fails again and again and is not asked for a while');
    else
      log.info(said, state === 'closed' ? 'a subgraph is well again' : 'a subgraph is tried with one fetch');
  });

  function read(result: unknown, isPlain: boolean): SubgraphResponse {
    if (!isRecord(result)) throw new Error("the subgraph's result is not an object");
    const { data, errors } = result;
    if (errors !== undefined && !Array.isArray(errors)) throw new Error('`errors` is not a list');
    if (data !== undefined && data !== null && !isRecord(data)) throw new Error('`data` is not an object');
    if (data === undefined && !errors?.length) throw new Error('the result has neither data nor errors');
    const read = { data: data ?? null, isPlain };
    return errors?.length ? { ...read, errors: errors.map(maskError) } : read;
  }

  return {
    async process(options) {
      // The executor hands on the context that the request came with.
      const context = options.context as Context;
      const watched = watch?.(name, context);
      const admission = breaker.admit();
      if (admission === null) {
        watched?.ended('refused');
        throw unavailable(pathOf(options));
      }
      const signal = signalOf(context);
      let outcome: Outcome = 'succeeded';
      let seenAs: FetchOutcome = 'answered';
      try {
        const { request } = options;
        const own = headersFor(name, context);
        const headers = watched?.headers ? { ...own, ...watched.headers } : own;
        const share = shareOf?.(context, request.query ?? '');
        const body = bodyOf(request);
        if (batches && isOfMany(request) && isQuery(request.query)) {
          const found = await batches.ask({ headers, body, signal, share: share?.name });
          if (found) return read(found.result, found.isPlain);
        }
        const response = await calls.post({
          headers,
          body,
          share: share?.name,
          isOfCrowd: share?.isOfCrowd,
          isRepeatable: isQuery(request.query),
          signal,
        });
        // JSON writes every character that needs a backslash with one.
        return read(parse(response), !response.text.includes('\\'));
      } catch (error) {
        const isGone = signal?.aborted === true;
        const isHealthUnknown = isGone || isWithdrawal(error);
        outcome = isHealthUnknown ? 'revoked' : 'failed';
        seenAs = isGone
          ? 'abandoned'
          : error instanceof SemaphoreFull || isOwnFault(error)
            ? 'refused'
            : 'failed';
        if (!isGone) log.warn({ subgraph: name, err: error }, 'a fetch from a subgraph failed');
        throw isOwnFault(error) ? tooMuchAtOnce(pathOf(options)) : unavailable(pathOf(options));
      } finally {
        breaker.report(admission, outcome);
        watched?.ended(seenAs);
      }
    },
    state() {
      const { underWay, waiting, sent, receivedBytes } = calls;
      return { breaker: breaker.state, underWay, waiting, sent, receivedBytes };
    },
    close: () => calls.close(),
  };
}

/** Any client could open the breaker for all with these. */
const isWithdrawal = (error: unknown) =>
  error instanceof Withdrawn ||
  error instanceof SemaphoreFull ||
  error instanceof KeptWaiting ||
  error instanceof ResponseTooLarge;

/** It was never sent, since those of its share have all that one may have. */
const isOwnFault = (error: unknown) =>
  (error instanceof SemaphoreFull || error instanceof KeptWaiting) && error.isOwn;

function parse({ status, text }: HttpResponse): unknown {
  if (status === 401 || status === 403) {
    throw new Withdrawn(`the subgraph refuses the gateway itself (status ${status})`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`the subgraph's response is not JSON (status ${status})`);
  }
}

/** Whether others are likely to have the same fetched at the same moment. */
const isOfMany = (request: ProcessOptions['request']) => 'isOfMany' in request && request.isOfMany === true;

function bodyOf(request: ProcessOptions['request']): string {
  if ('body' in request && typeof request.body === 'string') return request.body;
  const { query, variables, operationName } = request;
  return JSON.stringify({ query, variables, operationName });
}

/** Nothing else is ever sent twice. */
const isQuery = (text: string | undefined) => /^\s*(query\b|\{)/.test(text ?? '');

/** The place in the result that the fetch was for, as far as it is one place: not into lists. */
function pathOf(request: ProcessOptions): (string | number)[] {
  const path = 'pathInIncomingRequest' in request ? (request.pathInIncomingRequest ?? []) : [];
  const list = path.indexOf('@');
  return list === -1 ? path : path.slice(0, list);
}
