import { cutSlowest } from '../slow-readers.ts';
import { closeCode } from './close-codes.ts';
import { turns } from './ping-turns.ts';
import type { SocketConnection, SocketConnections } from './socket-connection.ts';

/**
 * Looks after all connections with one timer: pings each once in `keepAliveMs`, closes those whose connection_init
 * is late, and when what is kept for slow readers and slow writers is too much together, sends those away for whom
 * most is kept. Gives what ends it.
 */
export function maintainConnections(
  { all, uninitialised }: SocketConnections,
  limits: { keepAliveMs: number; waitingBytesOfAll: number },
): () => void {
  let turn = 0;
  const timer = setInterval(() => {
    turn = (turn + 1) % turns;
    for (const connection of all) if (connection.turn === turn) connection.ping();
    cutSlowest(all, limits.waitingBytesOfAll);
    closeLate(uninitialised);
  }, limits.keepAliveMs / turns).unref();
  return () => clearInterval(timer);
}

function closeLate(uninitialised: ReadonlyMap<SocketConnection, number>): void {
  const now = Date.now();
  // They came in the order of their deadlines.
  for (const [connection, deadline] of uninitialised) {
    if (deadline > now) return;
    connection.initialised();
    connection.close(closeCode.initialisationTimeout, 'Connection initialisation timeout');
  }
}
