import type { GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { aliasOf, type BatchPart } from './batch-part.ts';
import { type DataObject, isObject } from './data.ts';
import { placeBefore } from './path.ts';
import { type Ask, SubgraphRequest } from './subgraph-request.ts';

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];
/** Our own data source knows what the text was like. */
type Response = Awaited<ReturnType<GraphQLDataSource['process']>> & { isPlain?: boolean };

/** What a subgraph answered to one fetch. */
export interface FetchResult {
  data: DataObject | null;
  errors: readonly GraphQLFormattedError[];
  /** No text in it needs a backslash in JSON. */
  isPlain: boolean;
}

/** What the fetches of one operation run with. */
export interface FetchOptions {
  /** A data source by the name that plans use. */
  subgraph: (name: string) => GraphQLDataSource | undefined;
  variables: Readonly<Record<string, unknown>>;
  /** Handed on to data sources. */
  context: object;
  incomingRequestContext?: unknown;
  /** Others are likely to have the same fetched at the same moment: data sources may send it together with theirs. */
  isOfMany?: boolean;
}

interface Waiting extends Ask {
  resolve(answer: FetchResult): void;
  reject(error: unknown): void;
}

/**
 * Sends the fetches of one operation. Fetches of entities that become due at the same moment at the same subgraph are
 * one request. Where it fails in a way that may be one part's fault alone, each is asked by itself: nobody loses by
 * whom it was sent with.
 */
export class Fetcher {
  readonly #options: FetchOptions;
  #waiting: Waiting[] = [];

  constructor(options: FetchOptions) {
    this.#options = options;
  }

  /** Rejects with what the data source throws. */
  ask(ask: Ask): Promise<FetchResult> {
    if (!ask.fetch.part) return this.#askAlone(ask);
    return new Promise((resolve, reject) => {
      // Runs when all answers that are there have been read: whatever they have made due is due by then.
      if (this.#waiting.length === 0) setImmediate(this.#send);
      this.#waiting.push({ ...ask, resolve, reject });
    });
  }

  readonly #send = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 1) {
      this.#settleAlone(waiting);
      return;
    }
    const bySubgraph = new Map<string, Waiting[]>();
    for (const one of waiting) {
      const others = bySubgraph.get(one.fetch.subgraph);
      if (others) others.push(one);
      else bySubgraph.set(one.fetch.subgraph, [one]);
    }
    for (const together of bySubgraph.values()) {
      if (together.length === 1) this.#settleAlone(together);
      else this.#settleTogether(together);
    }
  };

  #settleAlone(waiting: readonly Waiting[]): void {
    for (const one of waiting) this.#askAlone(one).then(one.resolve, one.reject);
  }

  async #settleTogether(waiting: readonly Waiting[]): Promise<void> {
    const [first] = waiting as [Waiting, ...Waiting[]];
    const parts = waiting.map(({ fetch }) => fetch.part as BatchPart);
    const text = first.fetch.batches.textOf(parts, first.fetch.operationName);
    try {
      const answers = apart(
        await this.#process(waiting, new SubgraphRequest(waiting, text, this.#options)),
        waiting.length,
      );
      if (!answers) this.#settleAlone(waiting);
      else for (const [position, one] of waiting.entries()) one.resolve(answers[position] as FetchResult);
    } catch (error) {
      for (const one of waiting) one.reject(atPlaceOf(one, error));
    }
  }

  #askAlone(ask: Ask): Promise<FetchResult> {
    return this.#process([ask], new SubgraphRequest([ask], null, this.#options));
  }

  async #process(parts: readonly Ask[], request: SubgraphRequest): Promise<FetchResult> {
    const { fetch } = parts[0] as Ask;
    const service = this.#options.subgraph(fetch.subgraph);
    if (!service) throw new Error(`Couldn't find service with name "${fetch.subgraph}"`);
    const options = {
      // ApolloGateway's GraphQLDataSourceRequestKind.INCOMING_OPERATION, which is an enum that types alone know.
      kind: 'incoming operation',
      request,
      incomingRequestContext: this.#options.incomingRequestContext,
      context: this.#options.context,
      pathInIncomingRequest: fetch.planPath,
    } as unknown as ProcessOptions;
    const response: Response = await service.process(options);
    const { data, errors = [], isPlain = false } = response;
    return { data: isObject(data) ? data : null, errors, isPlain };
  }
}

/** Takes the answer to several apart; null when it can't be told which of them has failed. */
function apart({ data, errors, isPlain }: FetchResult, count: number): FetchResult[] | null {
  if (!data) return null;
  const answers: (FetchResult & { errors: GraphQLFormattedError[] })[] = [];
  for (let position = 0; position < count; position++) {
    answers.push({ data: { _entities: data[aliasOf(position)] }, errors: [], isPlain });
  }
  for (const error of errors) {
    const [alias] = error.path ?? [];
    const answer = typeof alias === 'string' ? answers[Number(alias.slice(1))] : undefined;
    if (!answer) return null;
    answer.errors.push(error);
  }
  return answers;
}

/** What is thrown for all of them names the place of the first. */
function atPlaceOf({ fetch }: Ask, error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  const path = placeBefore(fetch.path);
  return new GraphQLError(error.message, {
    originalError: error.originalError,
    extensions: error.extensions,
    ...(path.length > 0 && { path }),
  });
}
