import { expect, test } from 'vitest';
import { createMaskSubgraphError } from './subgraph-errors.ts';

const mask = createMaskSubgraphError(new Set(['NOT_FOUND']));
const masked = { message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } };

test('an error with a listed code keeps what is public of it', () => {
  const extensions = { code: 'NOT_FOUND', field: 'id', retryAfter: 3, stacktrace: ['x'], sql: 'select' };
  expect(mask({ message: 'Post not found', path: ['post', 0], locations: [], extensions })).toEqual({
    message: 'Post not found',
    path: ['post', 0],
    extensions: { code: 'NOT_FOUND', field: 'id', retryAfter: 3 },
  });
});

test.each([
  ['another code', { message: 'secret', extensions: { code: 'PG_42P01' } }],
  ['no code', { message: 'secret' }],
  ['a code and no message', { extensions: { code: 'NOT_FOUND' } }],
  ['extensions that are no object', { message: 'secret', extensions: 'NOT_FOUND' }],
  ['no shape at all', 'secret'],
  ['nothing', null],
])('an error with %s loses its text', (_what, error) => {
  expect(mask(error)).toEqual(masked);
});

test('a path that is none is dropped', () => {
  expect(mask({ message: 'x', path: [{ a: 1 }] })).toEqual(masked);
});
