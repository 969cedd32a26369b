import type { HTTPGraphQLRequest } from '@apollo/server';
import { badUserInput, CodedError } from '@socialhub/platform/errors';
import { readJson } from './operation-json.ts';

/** What an operation comes with, whatever transport it comes by. */
export interface OperationParams {
  query?: string | undefined;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
  extensions?: Record<string, unknown> | undefined;
}

/** Of an operation with all that comes with it, as bytes on the wire: a body, what it inflates to, a message of a socket. */
export const maxOperationBytes = 1_000_000;

/**
 * Reads the parameters out of a parsed body, or the payload of `subscribe`. What is null or empty counts as absent.
 * Throws BAD_USER_INPUT that names the part which is wrong.
 */
export function readParams(given: unknown): OperationParams {
  if (Array.isArray(given)) throw new CodedError('BAD_USER_INPUT', 'A request is one operation, not a list');
  if (!isMap(given)) throw new CodedError('BAD_USER_INPUT', 'A request is an object with a query');
  const query = textOf(given, 'query');
  const operationName = textOf(given, 'operationName');
  const variables = mapOf(given, 'variables');
  const extensions = mapOf(given, 'extensions');
  if (query === undefined && !extensions?.persistedQuery) throw badUserInput('query', 'is missing');
  return { query, operationName, variables, extensions };
}

/** Reads the parameters out of an address's query. */
export function paramsOfSearch(search: string): OperationParams {
  const given = new URLSearchParams(search);
  const text = (name: Name) => {
    const [value, second] = given.getAll(name);
    if (second !== undefined) throw badUserInput(name, 'is there more than once');
    return value;
  };
  const json = (name: Name): unknown => {
    const value = text(name);
    if (value === undefined || value === '') return undefined;
    try {
      return readJson(value);
    } catch (error) {
      if (error instanceof CodedError) throw error;
      throw badUserInput(name, 'is not JSON');
    }
  };
  return readParams({
    query: text('query'),
    operationName: text('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  });
}

/** Puts parameters into a request for Apollo Server, in the place where its method has them. */
export function putParams(request: HTTPGraphQLRequest, params: OperationParams): void {
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

type Name = keyof OperationParams;

function textOf(given: Record<string, unknown>, name: Name): string | undefined {
  const value = given[name] ?? '';
  if (typeof value !== 'string') throw badUserInput(name, 'has to be a text');
  return value || undefined;
}

function mapOf(given: Record<string, unknown>, name: Name): Record<string, unknown> | undefined {
  const value = given[name] ?? undefined;
  if (value !== undefined && !isMap(value)) throw badUserInput(name, 'has to be an object');
  return value;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
