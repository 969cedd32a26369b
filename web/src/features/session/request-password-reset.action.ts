'use server';

import { headers } from 'next/headers';
import { textsNow } from '#texts';
import { type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { RequestPasswordResetMutation } from '../../gateway/operations.ts';
import { callerOf } from '../../session/caller.ts';

export interface ResetRequestState extends FormState {
  done: boolean;
}

/** Asks for a mail with a link; what it gives is the same whether or not anybody has the address. */
export async function requestPasswordReset(_before: unknown, data: unknown): Promise<ResetRequestState> {
  const t = await textsNow('session');
  const { email } = readFields(data, ['email']);
  const outcome = await change(RequestPasswordResetMutation, { input: { email } }, callerOf(await headers()));
  const done = Boolean(outcome.data?.requestPasswordReset);
  if (done) return { fields: {}, message: null, values: { email }, done };
  return { ...(await formFaults(outcome.faults, { email }, { email: t('email') })), done };
}
