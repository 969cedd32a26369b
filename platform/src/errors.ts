import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isDatabaseUnavailable } from './database-unavailable.ts';
import type { Logger } from './log.ts';

/** Every code that a client can meet (contract.graphql, head). Nothing else leaves the house. */
export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'TWO_FACTOR_REQUIRED',
  'INTERNAL_SERVER_ERROR',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A failure that the client is meant to see, message and code. Any other error is masked. */
export class CodedError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, details: { field?: string; retryAfter?: number } = {}) {
    super(message, { extensions: { code, ...details } });
    this.name = 'CodedError';
    this.code = code;
  }
}

/** BAD_USER_INPUT: `field` is the argument's path (`input.text`), `message` a sentence's end about it. */
export const badUserInput = (field: string, message: string): CodedError =>
  new CodedError('BAD_USER_INPUT', `${field} ${message}`, { field });

/** NOT_FOUND: there is no such thing, or the viewer may not know of it. */
export const notFound = (what: string): CodedError => new CodedError('NOT_FOUND', `${what} not found`);

/** UNAUTHENTICATED: signed out, or not with these credentials. */
export const unauthenticated = (message = 'Sign in first'): CodedError =>
  new CodedError('UNAUTHENTICATED', message);

/** FORBIDDEN: signed in, and not allowed to. */
export const forbidden = (message = 'Not allowed'): CodedError => new CodedError('FORBIDDEN', message);

/** CONFLICT: it is taken, or it changed meanwhile. */
export const conflict = (message: string, field?: string): CodedError =>
  new CodedError('CONFLICT', message, field ? { field } : {});

/** RATE_LIMITED: try again after `retryAfter` seconds. */
export const rateLimited = (retryAfter: number): CodedError =>
  new CodedError('RATE_LIMITED', 'Too many requests', { retryAfter });

/** UNAVAILABLE: a part of the system does not answer now; the same request may succeed later. */
export const unavailable = (message = 'Temporarily unavailable'): CodedError =>
  new CodedError('UNAVAILABLE', message);

const requestFaults = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** A request that GraphQL itself refuses is BAD_USER_INPUT to clients, whoever found the fault. */
export function publicCode(code: unknown): ErrorCode {
  if (requestFaults.has(String(code))) return 'BAD_USER_INPUT';
  return errorCodes.find((known) => known === code) ?? 'INTERNAL_SERVER_ERROR';
}

const maxMessageChars = 500;

/** A message of bearable length: some name what the client has sent, whatever its size. */
export function cutShort(message: string): string {
  if (message.length <= maxMessageChars) return message;
  const head = message.slice(0, maxMessageChars * 0.6).toWellFormed();
  return `${head} … ${message.slice(-maxMessageChars * 0.3).toWellFormed()}`;
}

/**
 * Apollo Server's `formatError`: a CodedError passes as it is, a fault that GraphQL found in the request becomes
 * BAD_USER_INPUT, a database that does not answer is UNAVAILABLE, anything else is logged with its stack and leaves as INTERNAL_SERVER_ERROR without its text.
 */
export function maskErrors(log: Logger) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    const original =
      thrown instanceof GraphQLError && thrown.path ? (thrown.originalError ?? thrown) : thrown;
    if (original instanceof CodedError) {
      return { message: original.message, ...place, extensions: { ...original.extensions } };
    }
    const code = formatted.extensions?.code;
    const isRequestFault = requestFaults.has(String(code)) || code === 'BAD_USER_INPUT';
    if (isRequestFault && (original instanceof GraphQLError || original === thrown)) {
      return { message: cutShort(formatted.message), ...place, extensions: { code: 'BAD_USER_INPUT' } };
    }
    if (isDatabaseUnavailable(original)) {
      log.warn({ err: original, path: formatted.path?.join('.') }, 'the database did not answer');
      return { message: 'Temporarily unavailable', ...place, extensions: { code: 'UNAVAILABLE' } };
    }
    log.error({ err: original, path: formatted.path?.join('.') }, 'unexpected error in a resolver');
    return { message: 'Internal server error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  };
}
