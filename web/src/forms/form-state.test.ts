import { beforeAll, expect, test } from 'vitest';
import { tellIn } from '../../tests/texts-in.ts';
import type { Fault } from '../gateway/faults.ts';
import { formFaults } from './form-state.ts';

beforeAll(() => tellIn('en'));

const fault = (part: Partial<Fault>): Fault => ({
  code: 'BAD_USER_INPUT',
  message: '',
  field: null,
  retryAfter: null,
  ...part,
});

test('a fault of a field that the form has stands beside it, under its label', async () => {
  const faults = [
    fault({ field: 'input.username', message: 'input.username is reserved' }),
    fault({ code: 'CONFLICT', field: 'input.email', message: 'This email address has an account already' }),
  ];
  expect(await formFaults(faults, { username: 'root' }, { username: 'Username', email: 'Email' })).toEqual({
    fields: { username: 'Username is reserved.', email: 'This email address has an account already.' },
    message: null,
    values: { username: 'root' },
  });
});

test.each(['input.other', 'text', 'input.parts.text'])(
  'a fault of %s, which the form has no field for, is told for the whole form',
  async (field) => {
    const message = `${field} is odd`;
    const state = await formFaults([fault({ field, message })], {}, { text: 'A post' });
    expect(state).toMatchObject({ fields: {}, message });
  },
);

test('how long to wait is said in words, and no server text reaches the form when the fault is ours', async () => {
  const limited = await formFaults([fault({ code: 'RATE_LIMITED', retryAfter: 240 })], {}, {});
  expect(limited.message).toContain('4 minutes');
  const internal = await formFaults(
    [fault({ code: 'INTERNAL_SERVER_ERROR', message: 'at Object.<anonymous>' })],
    {},
    {},
  );
  expect(internal.message).toBe('Something went wrong on our side. Please try again.');
});
