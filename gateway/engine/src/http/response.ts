/** What a subgraph answered to one request. */
export interface HttpResponse {
  status: number;
  /** Decoded as UTF-8. */
  text: string;
}

/** Is told once what became of a request that was written to a connection. */
export interface ResponseSink {
  answered(answer: HttpResponse): void;
  failed(error: Error): void;
}

/** The answer is longer than it may be. Says nothing of the subgraph's health: it may be what was asked for. */
export class ResponseTooLarge extends Error {
  override readonly name = 'ResponseTooLarge';
}

/** The connection was refused, or it ended before the answer did. */
export class ConnectionBroke extends Error {
  override readonly name = 'ConnectionBroke';
}

/** What came is not an answer as HTTP/1.1 writes it. */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault';
}
