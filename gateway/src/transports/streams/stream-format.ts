import type { GraphQLFormattedError } from 'graphql';

/** How the results of one operation are written into the one answer that stays open for them. */
export interface StreamFormat {
  contentType: string;
  /** What is written with the head, so that the client knows at once that it has been understood. */
  opening: string;
  /** What keeps proxies from closing a stream that is idle; clients ignore it. */
  heartbeat: string;
  /** One result; it is JSON, which has no line breaks of its own. */
  next(result: string): string;
  /** The errors with which the server ends the operation of its own accord. */
  ending(errors: readonly GraphQLFormattedError[]): string;
  /** That the operation is over. An answer that ends without it was cut. */
  complete: string;
}
