import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

const CODES = [
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

export type FaultCode = (typeof CODES)[number];

/**
 * One expected failure: a closed code, a text, and the field where the API names one: `input.username` has the
 * path of the argument, which the text of a BAD_USER_INPUT begins with too.
 */
export interface Fault {
  code: FaultCode;
  message: string;
  field: string | null;
  retryAfter: number | null;
}

interface WireError {
  message?: unknown;
  extensions?: { code?: unknown; field?: unknown; retryAfter?: unknown } | null;
}

const UNREACHABLE: Fault = {
  code: 'UNAVAILABLE',
  message: 'The service cannot be reached.',
  field: null,
  retryAfter: null,
};

function toFault(error: WireError): Fault {
  const { code, field, retryAfter } = error.extensions ?? {};
  return {
    code: CODES.find((known) => known === code) ?? 'INTERNAL_SERVER_ERROR',
    message: typeof error.message === 'string' ? error.message : '',
    field: typeof field === 'string' ? field : null,
    retryAfter: typeof retryAfter === 'number' ? retryAfter : null,
  };
}

// A gateway that refuses a whole request may do so with a 4xx and a GraphQL body.
function faultsOfRefusal(error: ServerError): Fault[] {
  try {
    const body: unknown = JSON.parse(error.bodyText);
    if (body && typeof body === 'object' && 'errors' in body && Array.isArray(body.errors)) {
      const faults = body.errors.map((entry: WireError) => toFault(entry));
      if (faults.length > 0) return faults;
    }
  } catch {
    // Not GraphQL: an edge in between answered. The status below says enough.
  }
  if (error.statusCode === 401) return [{ ...UNREACHABLE, code: 'UNAUTHENTICATED', message: '' }];
  if (error.statusCode === 429) return [{ ...UNREACHABLE, code: 'RATE_LIMITED', message: '' }];
  return [UNREACHABLE];
}

/** Takes what Apollo Client reported (or nothing), gives its faults; what is not GraphQL is UNAVAILABLE. */
export function faultsOf(error: unknown): Fault[] {
  if (error === undefined || error === null) return [];
  if (CombinedGraphQLErrors.is(error)) return error.errors.map(toFault);
  if (ServerError.is(error)) return faultsOfRefusal(error);
  return [UNREACHABLE];
}

/** Says whether any of the faults has the code. */
export function hasCode(faults: Fault[], code: FaultCode): boolean {
  return faults.some((fault) => fault.code === code);
}
