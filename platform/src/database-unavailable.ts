// Prisma: not reachable, connection lost, no connection or transaction in time. PostgreSQL: shutting down, starting up,
// too many connections, a lock that was not free in time. Node: the connection itself.
const unavailableCodes = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  ...['57P01', '57P02', '57P03', '53300', '55P03', '08000', '08003', '08006'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND'],
]);
const unavailableWords = /timeout exceeded when trying to connect|Connection terminated|\b55P03\b/;

/** Whether the database, not the request, is the reason: it is down, restarting, or too busy to be reached in time. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && unavailableCodes.has(String(error.code))) return true;
  return unavailableWords.test(error.message) || isDatabaseUnavailable(error.cause);
}
