'use server';

import { redirect } from 'next/navigation';
import { type FormState, formFaults } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { DeactivateAccountMutation, DeleteAccountMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { forgetSession } from '../../session/write-session.ts';
import { proofLabels, readProof } from './read-proof.ts';

/** Hides the signed-in person until they sign in again; their sessions are over, this one too. */
export async function deactivate(_before: unknown, data: unknown): Promise<FormState> {
  const input = readProof(data);
  const outcome = await change(DeactivateAccountMutation, { input }, await currentCaller());
  if (!outcome.data?.deactivateAccount) return await formFaults(outcome.faults, {}, await proofLabels());
  await forgetSession();
  redirect('/sign-in?reason=deactivated');
}

/** Has the account erased after its days of grace; their sessions are over, this one too. */
export async function deleteAccount(_before: unknown, data: unknown): Promise<FormState> {
  const input = readProof(data);
  const outcome = await change(DeleteAccountMutation, { input }, await currentCaller());
  if (!outcome.data?.deleteAccount) return await formFaults(outcome.faults, {}, await proofLabels());
  await forgetSession();
  const day = outcome.data.deleteAccount.deletedAfter.slice(0, 10);
  redirect(`/sign-in?reason=deleted&after=${encodeURIComponent(day)}`);
}
