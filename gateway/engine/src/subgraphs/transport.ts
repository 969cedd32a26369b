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
   * Sends a request and gives what abandons it; `sink` is told how it goes, never within this call. Nothing that
   * lay unused for `unusedForMs` or longer is used for it. Throws when the request can't be written.
   */
  send(request: TransportRequest, sink: ResponseSink, unusedForMs: number): { destroy(): void };
  close(): Promise<void>;
}

/** One end of a connection within this process that speaks graphql-transport-ws, message by message. */
export interface LocalPeer {
  message(text: string): void;
  closed(code: number, reason: string): void;
}

/** A subgraph that runs in this process. */
export interface LocalSubgraph {
  /** Answers a request; what it throws is a fault of the subgraph's. */
  answer(request: TransportRequest, gone: AbortSignal): Promise<HttpResponse>;
  /** Opens a connection for subscriptions: `peer` is the engine's end of it, what is returned the subgraph's. Throws when it is refused. */
  connect(headers: Readonly<Record<string, string>>, peer: LocalPeer): LocalPeer;
}

/** Gives the subgraph if it is up at this moment. */
export type FindLocal = () => LocalSubgraph | undefined;
