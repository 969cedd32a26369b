import { CodedError } from '../errors.ts';

// Prisma: not reachable, connection lost, no connection or transaction in time. PostgreSQL: shutting down, starting up,
// too many connections, a lock that was not free in time, a password or a role that is ours no more; a disk that is full
// or fails, and a server that only reads, as one does that another took over from. Node: the connection itself.
const unavailableCodes = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  ...['57P01', '57P02', '57P03', '53300', '55P03', '28000', '28P01', '08000', '08003', '08006'],
  ...['53100', '58030', '25006'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND'],
]);
const unavailableWords =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;
/** As Prisma writes it where it knows no code of its own. */
const codeInWords = /\bCode: `(\w+)`/;

/** A transaction was ended before its work was. */
export class TransactionTimeout extends Error {
  override name = 'TransactionTimeout';
  readonly code = 'P2028';
}

/** Whether the database, not the request, is the reason: it is down, restarting, or too busy to be reached in time. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (codesOf(error).some((code) => unavailableCodes.has(code))) return true;
  return (
    error instanceof Error && (unavailableWords.test(error.message) || isDatabaseUnavailable(error.cause))
  );
}

/** What the driver gives to Prisma is no Error, and has the code as `originalCode`. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, originalCode, message } = error as Partial<
    Record<'code' | 'originalCode' | 'message', unknown>
  >;
  return [code, originalCode, codeInWords.exec(String(message))?.[1]].map(String);
}

/** A transaction or a lock that took too long: everybody's fault, or the work's own. */
const maybeOwnCodes = new Set(['P1008', 'P2028', '55P03']);
const maybeOwnWords = /\b55P03\b/;
const notBegun = /Unable to start a transaction/;

/** Whether work could not be begun, or was broken off, for want of the database: nothing of it can be the reason. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof CodedError) return error.code === 'UNAVAILABLE';
  return isDatabaseUnavailable(error) && !mayBeOwnFault(error);
}

function mayBeOwnFault(error: unknown): boolean {
  if (!(error instanceof Error) || notBegun.test(error.message)) return false;
  if ('code' in error && maybeOwnCodes.has(String(error.code))) return true;
  return maybeOwnWords.test(error.message) || mayBeOwnFault(error.cause);
}

/** Whether PostgreSQL gave the transaction up for another's sake: deadlock (40P01) or serialization (40001). */
export function isConcurrencyFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && ['P2034', '40P01', '40001'].includes(String(error.code))) return true;
  return isConcurrencyFailure(error.cause) || /\b(40P01|40001)\b/.test(error.message);
}

/** Whether a statement was refused, before it had any effect, since what it gives has another type than when it was prepared (0A000). */
export function isStalePlan(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.message.includes('cached plan must not change result type') || isStalePlan(error.cause);
}

/** Whether an error is PostgreSQL's unique violation (23505; Prisma's P2002). Takes what a store call threw. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && ['P2002', '23505'].includes(String(error.code))) return true;
  return isUniqueViolation(error.cause) || /\b23505\b/.test(error.message);
}
