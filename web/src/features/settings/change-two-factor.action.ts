'use server';

import { refresh } from 'next/cache';
import { textsNow } from '#texts';
import { formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import type { Fault } from '../../gateway/faults.ts';
import {
  BeginTwoFactorMutation,
  ConfirmTwoFactorMutation,
  DisableTwoFactorMutation,
  RenewRecoveryCodesMutation,
} from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { proofLabels, readProof } from './read-proof.ts';
import { atRest, type TwoFactorState, twoFactorBefore } from './two-factor-state.ts';

/** Takes one step of turning two-factor authentication on or off, named by the form's `intent`; gives what to show then. */
export async function changeTwoFactor(before: unknown, data: unknown): Promise<TwoFactorState> {
  const { intent, password, code } = readFields(data, ['intent', 'password', 'code']);
  const caller = await currentCaller();
  const labels = async () => ({ ...(await proofLabels()), code: (await textsNow('settings'))('code') });
  const failed = async (faults: Fault[]): Promise<TwoFactorState> => ({
    ...twoFactorBefore(before),
    ...(await formFaults(faults, {}, await labels())),
    intent,
    done: null,
  });
  const proof = readProof(data);

  switch (intent) {
    case 'begin': {
      const { data: done, faults } = await change(BeginTwoFactorMutation, { input: { password } }, caller);
      if (!done?.beginTwoFactor) return failed(faults);
      const { secret, uri, qrCode } = done.beginTwoFactor;
      return { ...atRest, stage: 'scan', secret, uri, qrCode };
    }
    case 'confirm': {
      const { data: done, faults } = await change(ConfirmTwoFactorMutation, { input: { code } }, caller);
      if (!done?.confirmTwoFactor) return failed(faults);
      refresh();
      return { ...atRest, stage: 'codes', codes: done.confirmTwoFactor.recoveryCodes, done: 'on' };
    }
    case 'renew': {
      const { data: done, faults } = await change(RenewRecoveryCodesMutation, { input: proof }, caller);
      if (!done?.renewRecoveryCodes) return failed(faults);
      refresh();
      return { ...atRest, stage: 'codes', codes: done.renewRecoveryCodes.recoveryCodes, done: 'renewed' };
    }
    case 'disable': {
      const { data: done, faults } = await change(DisableTwoFactorMutation, { input: proof }, caller);
      if (!done?.disableTwoFactor) return failed(faults);
      refresh();
      return { ...atRest, done: 'off' };
    }
    default:
      return atRest;
  }
}
