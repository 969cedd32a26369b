import { expect, test } from 'vitest';
import type { Fault } from '../gateway/faults.ts';
import { formFaults } from './form-state.ts';

const fault = (part: Partial<Fault>): Fault => ({
  code: 'BAD_USER_INPUT',
  message: '',
  field: null,
  retryAfter: null,
  ...part,
});

test('a fault of a field that the form has stands beside it, under its label', () => {
  const faults = [
    fault({ field: 'input.username', message: 'input.username is reserved' }),
    fault({ code: 'CONFLICT', field: 'input.email', message: 'This email address has an account already' }),
  ];
  expect(formFaults(faults, { username: 'root' }, { username: 'Username', email: 'Email' })).toEqual({
    fields: { username: 'Username is reserved.', email: 'This email address has an account already.' },
    message: null,
    values: { username: 'root' },
  });
});

test.each(['input.other', 'text', 'input.parts.text'])(
  'a fault of %s, which the form has no field for, is told for the whole form',
  (field) => {
    const message = `${field} is odd`;
    const state = formFaults([fault({ field, message })], {}, { text: 'A post' });
    expect(state).toMatchObject({ fields: {}, message });
  },
);

test('how long to wait is said in words, and no server text reaches the form when the fault is ours', () => {
  const limited = formFaults([fault({ code: 'RATE_LIMITED', retryAfter: 240 })], {}, {});
  expect(limited.message).toContain('4 minutes');
  const internal = formFaults(
    [fault({ code: 'INTERNAL_SERVER_ERROR', message: 'at Object.<anonymous>' })],
    {},
    {},
  );
  expect(internal.message).toBe('Something went wrong on our side. Please try again.');
});
