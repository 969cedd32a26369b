'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { textsNow } from '#texts';
import { formOf, stateOf } from '../../forms/call-arguments.ts';
import { type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { hasCode } from '../../gateway/faults.ts';
import { LogInMutation } from '../../gateway/operations.ts';
import { callerOf } from '../../session/caller.ts';
import { safePath } from '../../session/safe-path.ts';
import { writeSession } from '../../session/write-session.ts';

/** Signs in, keeps the session in cookies and goes back to where the person was; else the form with its faults. */
export async function signIn(before: unknown, data: unknown): Promise<FormState> {
  const t = await textsNow('session');
  const { identifier, password, twoFactorCode } = readFields(data, [
    'identifier',
    'password',
    'twoFactorCode',
  ]);
  const twoFactor = stateOf(before, 'twoFactor') === true;
  const input = { identifier, password, ...(twoFactorCode ? { twoFactorCode } : {}) };
  const { data: done, faults } = await change(LogInMutation, { input }, callerOf(await headers()));
  if (!done?.logIn) {
    const values = { identifier };
    if (hasCode(faults, 'TWO_FACTOR_REQUIRED')) {
      const message = t('codeNeeded');
      return { fields: {}, message, values, twoFactor: true };
    }
    if (faults.some(({ field }) => field === 'input.twoFactorCode')) {
      const fields = {
        twoFactorCode: t('wrongCode'),
      };
      return { fields, message: null, values, twoFactor: true };
    }
    if (hasCode(faults, 'UNAUTHENTICATED')) {
      // One text for an unknown name and a wrong password: the form tells nobody who has an account.
      const message = t('noMatch');
      return { fields: {}, message, values, twoFactor };
    }
    const labels = { identifier: t('emailOrUsername'), password: t('password'), twoFactorCode: t('code') };
    return { ...(await formFaults(faults, values, labels)), twoFactor };
  }
  await writeSession(done.logIn.tokens);
  redirect(safePath(formOf(data).get('to')));
}
