/** What a subgraph answered to one request. */
export interface Answer {
  status: number;
  /** Decoded as UTF-8. */
  text: string;
}

/** Is told once what became of a request that was written to a connection. */
export interface AnswerSink {
  answered(answer: Answer): void;
  failed(error: Error): void;
}

/** The answer is longer than it may be. Says nothing of the subgraph's health: it may be what was asked for. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/** The connection was refused, or it ended before the answer did. */
export class ConnectionBroke extends Error {
  override readonly name = 'ConnectionBroke';
}

/** What came is not an answer as HTTP/1.1 writes it. */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault';
}
