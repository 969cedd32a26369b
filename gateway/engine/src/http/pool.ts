import { HttpConnection, type Origin } from './connection.ts';
import type { ResponseSink } from './response.ts';

/** Connections to one origin that are kept and used again. How many are in use is for the caller to bound; none is kept beyond `mostOpen`. */
export interface Pool {
  /**
   * Writes a request to a connection, the one used last or a new one, and gives it: destroying it abandons the request.
   * One that was unused for `unusedForMs` or longer is not taken.
   */
  send(text: string, isAscii: boolean, sink: ResponseSink, unusedForMs: number): HttpConnection;
  /** Ends the unused connections, and every other when its request is answered; resolves when all are over. */
  close(): Promise<void>;
}

const sweepMs = 1000;
/** What takes none that lay unused would have more and more made. */
const mostOpen = 64;

export function createPool(
  origin: Origin,
  options: { connectTimeoutMs: number; maxResponseBytes: number },
): Pool {
  const open = new Set<HttpConnection>();
  const unused: HttpConnection[] = [];
  let closed: (() => void) | undefined;

  const freed = (connection: HttpConnection) => {
    if (closed) connection.destroy();
    else unused.push(connection);
  };
  const over = (connection: HttpConnection) => {
    open.delete(connection);
    const index = unused.indexOf(connection);
    if (index !== -1) unused.splice(index, 1);
    if (open.size === 0) closed?.();
  };
  const takeUnused = (unusedForMs: number): HttpConnection | undefined => {
    const now = performance.now();
    for (let kept = unused.pop(); kept; kept = unused.pop()) {
      if (kept.isGood(now)) {
        if (kept.unusedFor(now) < unusedForMs) return kept;
        // What lies below was unused for longer still.
        unused.push(kept);
        return undefined;
      }
      kept.destroy();
    }
    return undefined;
  };
  const make = (): HttpConnection => {
    const connection = new HttpConnection(origin, { ...options, freed, closed: over });
    open.add(connection);
    if (open.size > mostOpen) unused.shift()?.destroy();
    return connection;
  };
  // What was used least lately lies at the bottom.
  const sweep = setInterval(() => {
    const now = performance.now();
    while (unused[0] && !unused[0].isGood(now)) unused.shift()?.destroy();
  }, sweepMs).unref();

  return {
    send(text, isAscii, sink, unusedForMs) {
      const connection = takeUnused(unusedForMs) ?? make();
      connection.send(text, isAscii, sink);
      return connection;
    },
    close() {
      clearInterval(sweep);
      return new Promise((resolve) => {
        closed = resolve;
        if (open.size === 0) resolve();
        for (const connection of unused.splice(0)) connection.destroy();
      });
    },
  };
}
