import type { AbortSignalLike } from '../concurrency/abort-signal.ts';
import { SemaphoreFull } from '../concurrency/semaphore.ts';
import { type HttpResponse, ResponseTooLarge } from '../http/response.ts';
import { KeptWaiting, type SubgraphCall } from './subgraph-calls.ts';

/** A query, and the headers with which it would be sent alone. */
export interface BatchedQuery {
  headers: Readonly<Record<string, string>>;
  /** A GraphQL request, as JSON. */
  body: string;
  signal: AbortSignalLike | undefined;
  /** Who asks; undefined: nobody in particular. */
  share?: string | undefined;
}

/** What a subgraph that takes several operations in one request answered to one of them. */
export interface BatchedResult {
  result: unknown;
  /** No text in the whole response needs a backslash. */
  isPlain: boolean;
}

/** Queries that fall due in the same moment, for whomever they are, as one request. */
export interface Batches {
  /** Null: it has to be asked alone. Rejects with what the whole request failed with. */
  ask(query: BatchedQuery): Promise<BatchedResult | null>;
}

/** Of one request: operations, and characters of their bodies, the first of which may be longer. */
const maxOperations = 100;
const maxChars = 1_000_000;
/** A subgraph that knows nothing of batches may be another version of itself later. */
const unknownForMs = 60_000;

/** Of the connections to a subgraph batches have no more than one who asks for much. */
const share = 'batches';

interface Due extends BatchedQuery {
  resolve(result: BatchedResult | null): void;
  reject(error: unknown): void;
}

/**
 * Sends queries together to the path `suffix` behind the subgraph's address: `{"operations": [{"operation": ..., "headers":
 * [{...}, ...]}, ...]}`, each operation once with the headers of all who ask it, and takes `[[..., ...], ...]`, in the same order
 * what each is answered. Null in a result's place, and a request that is not taken, say that each is to be asked alone: nobody
 * loses by whom they were sent with.
 */
export function createBatches(options: {
  suffix: string;
  post: (call: SubgraphCall & { suffix: string }) => Promise<HttpResponse>;
  /** Let the request in, whoever the operations are for. */
  headers: () => Record<string, string>;
}): Batches {
  let due: Due[] = [];
  let unknownUntil = 0;

  function flush(): void {
    const all = inTurns(due.filter(({ signal }) => !signal?.aborted));
    due = [];
    if (all.length === 1) {
      all[0]?.resolve(null);
      return;
    }
    let batch: Due[] = [];
    let chars = 0;
    for (const one of all) {
      if (batch.length === maxOperations || (batch.length > 0 && chars + one.body.length > maxChars)) {
        send(batch);
        batch = [];
        chars = 0;
      }
      batch.push(one);
      chars += one.body.length;
    }
    if (batch.length > 0) send(batch);
  }

  async function send(batch: readonly Due[]): Promise<void> {
    const byBody = [...Map.groupBy(batch, ({ body }) => body)];
    const operations = byBody.map(
      ([body, asked]) =>
        `{"operation":${body},"headers":[${asked.map(({ headers }) => JSON.stringify(headers)).join()}]}`,
    );
    try {
      const response = await options.post({
        suffix: options.suffix,
        headers: options.headers(),
        body: `{"operations":[${operations.join()}]}`,
        share,
        isRepeatable: true,
        signal: undefined,
      });
      if (response.status === 404) unknownUntil = performance.now() + unknownForMs;
      const results = response.status === 200 ? resultsIn(response.text) : null;
      const isPlain = !response.text.includes('\\');
      for (const [at, [, asked]] of byBody.entries()) {
        const own = results?.[at];
        for (const [nth, one] of asked.entries()) {
          const result = Array.isArray(own) ? (own[nth] ?? null) : null;
          one.resolve(result === null ? null : { result, isPlain });
        }
      }
    } catch (error) {
      // Of what is together too much nobody in particular has too much.
      const isOfAll = error instanceof ResponseTooLarge || (isNotSent(error) && error.isOwn);
      for (const one of batch)
        if (isOfAll) one.resolve(null);
        else one.reject(error);
    }
  }

  return {
    ask(query) {
      if (performance.now() < unknownUntil) return Promise.resolve(null);
      return new Promise((resolve, reject) => {
        // When all that is ready in this turn of the loop has been asked for.
        if (due.length === 0) setImmediate(flush);
        const gone = () => reject(new Error('nobody waits for the answer any more'));
        query.signal?.addEventListener('abort', gone);
        const ended = <T>(tell: (value: T) => void) => {
          return (value: T) => {
            query.signal?.removeEventListener('abort', gone);
            tell(value);
          };
        };
        due.push({ ...query, resolve: ended(resolve), reject: ended(reject) });
      });
    },
  };
}

/** The first of each share, then the second of each: whoever asks for much in one moment has the rest of it behind the others. */
function inTurns(all: readonly Due[]): Due[] {
  const counts = new Map<string | undefined, number>();
  const rounds: Due[][] = [];
  for (const one of all) {
    const round = one.share === undefined ? 0 : (counts.get(one.share) ?? 0);
    counts.set(one.share, round + 1);
    rounds[round] ??= [];
    rounds[round]?.push(one);
  }
  return rounds.flat();
}

const isNotSent = (error: unknown) => error instanceof SemaphoreFull || error instanceof KeptWaiting;

function resultsIn(text: string): unknown[] | null {
  try {
    const results: unknown = JSON.parse(text);
    return Array.isArray(results) ? results : null;
  } catch {
    return null;
  }
}
