'use server';

import { redirect } from 'next/navigation';
import { change } from '../../gateway/client.ts';
import { LogOutMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { endingSession } from '../../session/ended-sessions.ts';
import { forgetSession } from '../../session/write-session.ts';

/** Ends the session at the gateway and forgets it here; this browser is signed out even when the gateway is down. */
export async function signOut(): Promise<void> {
  const caller = await currentCaller();
  if (caller.accessToken) await endingSession(caller.accessToken, () => change(LogOutMutation, {}, caller));
  await forgetSession();
  redirect('/sign-in?reason=signed-out');
}
