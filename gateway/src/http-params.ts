import type { HTTPGraphQLRequest } from '@apollo/server';

/** What GraphQL over HTTP calls a well-formed request: its parts are there and of the right kind. */
export interface HttpParams {
  query?: string | undefined;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
  extensions?: Record<string, unknown> | undefined;
}

/** Reads the parameters of a request, from its body or its address; null when it is not well-formed. */
export function readParams(
  request: Pick<HTTPGraphQLRequest, 'method' | 'search' | 'body'>,
): HttpParams | null {
  const { query, operationName, variables, extensions } =
    request.method === 'GET' ? fromSearch(request.search) : fromBody(request.body);
  if (!isTextOrAbsent(query) || !isTextOrAbsent(operationName)) return null;
  if (!isMapOrAbsent(variables) || !isMapOrAbsent(extensions)) return null;
  if (!query && !extensions?.persistedQuery) return null;
  return {
    query: query || undefined,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
    extensions: extensions ?? undefined,
  };
}

/** Puts parameters into a request, in the place where its method has them. */
export function putParams(request: HTTPGraphQLRequest, params: HttpParams): void {
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  if (request.method !== 'GET') {
    request.body = Object.fromEntries(given);
    return;
  }
  const search = new URLSearchParams();
  for (const [name, value] of given) {
    search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  request.search = `?${search}`;
}

type Raw = Partial<Record<keyof HttpParams, unknown>>;

/** What can never be a parameter. */
const wrong = Symbol('wrong');

function fromSearch(search: string): Raw {
  const given = new URLSearchParams(search);
  const text = (name: string) => (given.getAll(name).length > 1 ? wrong : (given.get(name) ?? undefined));
  const json = (name: string) => {
    const value = text(name);
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return wrong;
    }
  };
  return {
    query: text('query'),
    operationName: text('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

const fromBody = (body: unknown): Raw => (isMap(body) ? body : { query: wrong });

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isMapOrAbsent = (value: unknown): value is Record<string, unknown> | null | undefined =>
  value === undefined || value === null || isMap(value);
const isTextOrAbsent = (value: unknown): value is string | null | undefined =>
  value === undefined || value === null || typeof value === 'string';
