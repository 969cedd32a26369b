import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { expect, test } from 'vitest';
import { faultsOf } from './faults.ts';

const refusal = (status: number, bodyText: string) =>
  new ServerError('refused', { response: new Response(bodyText, { status }), bodyText });

test('a GraphQL error keeps its code, field and time to wait', () => {
  const error = new CombinedGraphQLErrors({
    errors: [
      { message: 'input.text is odd', extensions: { code: 'BAD_USER_INPUT', field: 'input.text' } },
      { message: 'Too many requests', extensions: { code: 'RATE_LIMITED', retryAfter: 7 } },
      { message: 'what', extensions: { code: 'NEVER_HEARD_OF' } },
    ],
  });
  expect(faultsOf(error)).toMatchObject([
    { code: 'BAD_USER_INPUT', field: 'input.text' },
    { code: 'RATE_LIMITED', retryAfter: 7 },
    { code: 'INTERNAL_SERVER_ERROR' },
  ]);
});

test('a refusal by status is read when it is GraphQL, and judged by its status when it is not', () => {
  const body = JSON.stringify({ errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }] });
  expect(faultsOf(refusal(400, body))).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  expect(faultsOf(refusal(401, 'no'))).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  expect(faultsOf(refusal(502, '<html>'))).toMatchObject([{ code: 'UNAVAILABLE' }]);
});

test('a network that fails is UNAVAILABLE, and nothing is no fault', () => {
  expect(faultsOf(new TypeError('fetch failed'))).toMatchObject([{ code: 'UNAVAILABLE' }]);
  expect(faultsOf(undefined)).toEqual([]);
});
