import { GraphQLError } from 'graphql';

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

/** Whether GraphQL itself found the fault, in the request. */
export const isRequestFault = (code: unknown): boolean => requestFaults.has(String(code));

/** A request that GraphQL itself refuses is BAD_USER_INPUT to clients, whoever found the fault. */
export function publicCode(code: unknown): ErrorCode {
  if (isRequestFault(code)) return 'BAD_USER_INPUT';
  return errorCodes.find((known) => known === code) ?? 'INTERNAL_SERVER_ERROR';
}

const maxMessageChars = 500;

/** A message of bearable length: some name what the client has sent, whatever its size. */
export function cutShort(message: string): string {
  if (message.length <= maxMessageChars) return message;
  const head = message.slice(0, maxMessageChars * 0.6).toWellFormed();
  return `${head} … ${message.slice(-maxMessageChars * 0.3).toWellFormed()}`;
}
