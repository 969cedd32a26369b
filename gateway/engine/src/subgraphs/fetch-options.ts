import { type BreakerOptions, defaultBreakerOptions } from './breaker.ts';

/** How a subgraph is called over HTTP. */
export interface FetchOptions {
  /** From the moment the fetch is asked for until its response is there whole. */
  timeoutMs: number;
  /** Connections to one subgraph, each with one fetch at a time. */
  connections: number;
  /** Fetches that may wait for a connection; beyond them a fetch fails at once. */
  queue: number;
  /** Of both, what those of one share may have; see EngineOptions.shareOf. */
  connectionsPerShare: number;
  queuePerShare: number;
  /** And what all of the crowd may have together. */
  connectionsOfCrowd: number;
  queueOfCrowd: number;
  maxResponseBytes: number;
  breaker: BreakerOptions;
}

export const defaultFetchOptions: FetchOptions = {
  timeoutMs: 10_000,
  connections: 64,
  queue: 512,
  connectionsPerShare: 16,
  queuePerShare: 256,
  connectionsOfCrowd: 48,
  queueOfCrowd: 384,
  maxResponseBytes: 32_000_000,
  breaker: defaultBreakerOptions,
};
