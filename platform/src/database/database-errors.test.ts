import { expect, test } from 'vitest';
import { notFound, unavailable } from '../errors.ts';
import { isDatabaseAway, isDatabaseUnavailable } from './database-errors.ts';

const coded = (code: string, message = 'it failed') => Object.assign(new Error(message), { code });

test.each<[string, unknown, boolean]>([
  ['no transaction whose turn came', unavailable(), true],
  ['a fault of the request', notFound('Post'), false],
  ['a database that is not there', coded('ECONNREFUSED'), true],
  ['a database that shuts down', new Error('outer', { cause: coded('57P01') }), true],
  [
    'a database that shuts down, in the words that Prisma has for what it does not know',
    coded('P2039', 'Database error. Code: `57P01`. Message: `terminating connection`'),
    true,
  ],
  [
    'a database that shuts down, as the driver tells Prisma',
    new Error('outer', { cause: { kind: 'postgres', originalCode: '57P01' } }),
    true,
  ],
  [
    'a connection that broke while nobody listened',
    new Error('Client has encountered a connection error and is not queryable'),
    true,
  ],
  ['a password that was changed under us', new Error('outer', { cause: coded('28P01') }), true],
  [
    'a password that was changed under us, as the driver tells Prisma',
    new Error('outer', { cause: { kind: 'AuthenticationFailed', originalCode: '28P01' } }),
    true,
  ],
  ['a disk that is full', new Error('outer', { cause: coded('53100') }), true],
  ['a database that only reads since another took over', coded('25006'), true],
  ['a value that is as long as a code', coded('P2039', 'Database error. Code: `22001`'), false],
  ['no connection in time', new Error('timeout exceeded when trying to connect'), true],
  ['no transaction in time', coded('P2028', 'Unable to start a transaction in the given time.'), true],
  [
    'a transaction that took too long',
    coded('P2028', 'A query cannot be executed on an expired one.'),
    false,
  ],
  ['a lock that was not free in time', new Error('outer', { cause: coded('55P03') }), false],
  ['an error of the code', new TypeError('x is undefined'), false],
])('%s is work that could not be begun: %#', (_what, error, isAway) => {
  expect(isDatabaseAway(error)).toBe(isAway);
});

test('a lock that was not free in time is the database all the same, to whoever asked', () => {
  expect(isDatabaseUnavailable(coded('55P03'))).toBe(true);
});
