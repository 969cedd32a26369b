'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { RegisterMutation } from '../../gateway/operations.ts';
import { callerOf } from '../../session/caller.ts';
import { writeSession } from '../../session/write-session.ts';

const LABELS = { displayName: 'Name', username: 'Username', email: 'Email', password: 'Password' };

/** Registers, keeps the session in cookies and welcomes whoever is new; gives the form back with its faults otherwise. */
export async function signUp(_before: unknown, data: unknown): Promise<FormState> {
  const { displayName, ...rest } = readFields(data, ['displayName', 'username', 'email', 'password']);
  const input = { ...rest, ...(displayName.trim() === '' ? {} : { displayName }) };
  const { data: done, faults } = await change(RegisterMutation, { input }, callerOf(await headers()));
  if (!done?.register) {
    const values = { displayName, username: input.username, email: input.email };
    return formFaults(faults, values, LABELS);
  }
  await writeSession(done.register.tokens);
  redirect('/welcome');
}
