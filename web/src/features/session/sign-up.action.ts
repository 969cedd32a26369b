'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { textsNow } from '#texts';
import { type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { RegisterMutation } from '../../gateway/operations.ts';
import { callerOf } from '../../session/caller.ts';
import { writeSession } from '../../session/write-session.ts';

/** Registers, keeps the session in cookies and welcomes whoever is new; gives the form back with its faults otherwise. */
export async function signUp(_before: unknown, data: unknown): Promise<FormState> {
  const { displayName, ...rest } = readFields(data, ['displayName', 'username', 'email', 'password']);
  const input = { ...rest, ...(displayName.trim() === '' ? {} : { displayName }) };
  const { data: done, faults } = await change(RegisterMutation, { input }, callerOf(await headers()));
  if (!done?.register) {
    const values = { displayName, username: input.username, email: input.email };
    const t = await textsNow('session');
    const labels = {
      displayName: t('name'),
      username: t('username'),
      email: t('email'),
      password: t('password'),
    };
    return await formFaults(faults, values, labels);
  }
  await writeSession(done.register.tokens);
  redirect('/welcome');
}
