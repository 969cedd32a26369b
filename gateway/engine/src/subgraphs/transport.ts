import type { HttpResponse, ResponseSink } from '../http/response.ts';

/** A POST of JSON to a subgraph. */
export interface TransportRequest {
  /** Beyond the subgraph's own address: for what takes several operations at once. */
  suffix: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What carries requests to one subgraph: HTTP, or a call within the process. How many are under way is for the caller to bound. */
export interface Transport {
  /**
   * Sends a request and gives what abandons it; `sink` is told how it goes, never within this call. `isFresh` asks for
   * nothing that lay unused. Throws when the request can't be written.
   */
  send(request: TransportRequest, sink: ResponseSink, isFresh: boolean): { destroy(): void };
  close(): Promise<void>;
}

/** Answers a request within this process; what it throws is a fault of the subgraph's. */
export type LocalSubgraph = (request: TransportRequest, signal: AbortSignal) => Promise<HttpResponse>;
