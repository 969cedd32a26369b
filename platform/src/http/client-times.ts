import { ServerResponse } from 'node:http';
import type { Crowd } from '../limits/crowd.ts';

/** How long a client may take. */
export interface ClientTimes {
  /** For the head of a request; also before it says anything. */
  headMs: number;
  /** For a whole request. */
  requestMs: number;
  /** For taking an answer that is ready. */
  answerMs: number;
  /** Between looks at who takes too long. */
  lookMs: number;
}

export const usualTimes: ClientTimes = { headMs: 10_000, requestMs: 30_000, answerMs: 60_000, lookMs: 5000 };

/** The times as Node's HTTP server takes them: whoever is late with a request loses the connection. */
export const serverTimes = ({ headMs, requestMs, lookMs }: ClientTimes) => ({
  // Longer than proxies keep theirs, which would else send a request over one that is being closed.
  keepAliveTimeout: 65_000,
  headersTimeout: headMs,
  requestTimeout: requestMs,
  connectionsCheckingInterval: lookMs,
});

/** Connections that may wait to be accepted; the kernel's own limit holds as well. With few, a rush of clients waits a second and more to try again. */
export const backlog = 4096;

/** A response that can be looked after while it is under way. */
export class WatchedResponse extends ServerResponse {
  /** Its place among those under way. */
  place = 0;
  /** How often it was ready and not taken yet when one looked. */
  looks = 0;
}

/** Ends each response that waits for its reader for too long, written to its end or not. Gives what stops the looking. */
export function endSlowReaders(underWay: Crowd<WatchedResponse>, times: ClientTimes): () => void {
  const look = setInterval(() => {
    for (const response of [...underWay]) {
      if (!response.writableEnded && !response.writableNeedDrain) {
        response.looks = 0;
        continue;
      }
      response.looks += 1;
      if (response.looks * times.lookMs > times.answerMs) response.destroy();
    }
  }, times.lookMs).unref();
  return () => clearInterval(look);
}
