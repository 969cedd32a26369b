'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { textsNow } from '#texts';
import { textOf } from '../../forms/call-arguments.ts';
import { messageOf } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { hasCode } from '../../gateway/faults.ts';
import { BeginPasskeyLogInMutation, LogInWithPasskeyMutation } from '../../gateway/operations.ts';
import { callerOf } from '../../session/caller.ts';
import { safePath } from '../../session/safe-path.ts';
import { writeSession } from '../../session/write-session.ts';

export type PasskeyQuestion = { options: string; fault: null } | { options: null; fault: string };

/** Gives what the browser asks for a passkey by. */
export async function beginPasskeySignIn(): Promise<PasskeyQuestion> {
  const { data, faults } = await change(BeginPasskeyLogInMutation, {}, callerOf(await headers()));
  if (!data?.beginPasskeyLogIn) return { options: null, fault: await messageOf(faults[0]) };
  return { options: data.beginPasskeyLogIn.options, fault: null };
}

/** Takes a passkey's answer and opens the session; gives a text when it is refused. */
export async function signInWithPasskey(credential: unknown, to: unknown): Promise<string> {
  const t = await textsNow('session');
  const input = { credential: textOf(credential) };
  const { data, faults } = await change(LogInWithPasskeyMutation, { input }, callerOf(await headers()));
  if (!data?.logInWithPasskey) {
    if (hasCode(faults, 'UNAUTHENTICATED') || hasCode(faults, 'BAD_USER_INPUT')) {
      return t('unknownPasskey');
    }
    return await messageOf(faults[0]);
  }
  await writeSession(data.logInWithPasskey.tokens);
  redirect(safePath(to));
}
