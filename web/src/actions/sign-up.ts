'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { change } from '../gateway/client.ts';
import { RegisterMutation } from '../gateway/operations.ts';
import { callerOf } from '../session/caller.ts';
import { writeSession } from '../session/write-session.ts';
import { type FormState, formFaults, readFields } from './form-state.ts';

const FIELDS = ['displayName', 'username', 'email', 'password'] as const;

/** Registers, keeps the session in cookies and goes home; gives the form back with its faults otherwise. */
export async function signUp(_before: FormState, data: FormData): Promise<FormState> {
  const input = readFields(data, FIELDS);
  const { data: done, faults } = await change(RegisterMutation, { input }, callerOf(await headers()));
  if (!done?.register) {
    const { password: _secret, ...values } = input;
    return formFaults(faults, values, FIELDS);
  }
  await writeSession(done.register.tokens);
  redirect('/');
}
