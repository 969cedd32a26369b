import { GraphQLError } from 'graphql';
import pg from 'pg';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { badUserInput, notFound, publicCode, rateLimited } from '../src/errors.ts';
import { maskErrors } from '../src/subgraph/mask-errors.ts';

function masked(thrown: Error, formatted: { message: string; code?: string } = thrown) {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  const located = new GraphQLError(thrown.message, { originalError: thrown, path: ['a', 0, 'b'] });
  const extensions = formatted.code ? { code: formatted.code } : {};
  const answer = maskErrors(log)({ message: formatted.message, path: ['a', 0, 'b'], extensions }, located);
  return { answer, lines };
}

describe('an error on its way out', () => {
  it('passes with its code and details when the client is meant to see it', () => {
    expect(masked(badUserInput('input.text', 'must not be empty')).answer).toEqual({
      message: 'input.text must not be empty',
      path: ['a', 0, 'b'],
      extensions: { code: 'BAD_USER_INPUT', field: 'input.text' },
    });
    expect(masked(rateLimited(7)).answer.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 7 });
    expect(masked(notFound('Post')).lines).toEqual([]);
  });

  it('leaves without its text, and is logged once, when it is unexpected', () => {
    const { answer, lines } = masked(new Error('select password from account at 10.0.0.1'));
    expect(answer).toEqual({
      message: 'Internal server error',
      path: ['a', 0, 'b'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 50,
      path: 'a.0.b',
      err: { message: /password/ },
    });
  });

  it('can’t pretend to be one for clients by its code', () => {
    const { answer } = masked(Object.assign(new Error('secret'), { extensions: { code: 'NOT_FOUND' } }), {
      message: 'secret',
      code: 'NOT_FOUND',
    });
    expect(answer.message).toBe('Internal server error');
  });

  it('is UNAVAILABLE, and no error of ours, when the database is not there', async () => {
    const client = new pg.Client({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 2_000 });
    const refused = await client.connect().then(
      () => new Error('it answered'),
      (error: Error) => error,
    );
    const { answer, lines } = masked(new Error('a query failed', { cause: refused }));
    expect(answer).toMatchObject({ message: 'Temporarily unavailable', extensions: { code: 'UNAVAILABLE' } });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40 });
  });

  it('has BAD_USER_INPUT for whatever GraphQL itself refuses, and no code that is not ours', () => {
    expect(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_REQUEST'].map(publicCode)).toEqual(
      Array(3).fill('BAD_USER_INPUT'),
    );
    expect([publicCode('DOWNSTREAM_SERVICE_ERROR'), publicCode(undefined)]).toEqual(
      Array(2).fill('INTERNAL_SERVER_ERROR'),
    );
  });
});
