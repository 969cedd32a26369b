'use server';

import { refresh } from 'next/cache';
import { textsNow } from '#texts';
import { emptyForm, type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { hasCode } from '../../gateway/faults.ts';
import { RemovePasskeyMutation, RenamePasskeyMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { proofLabels, readProof } from './read-proof.ts';

/** `about` names the form that the faults belong to: what was wanted, and of which passkey. */
export interface PasskeyState extends FormState {
  about: string;
  done: 'renamed' | 'removed' | null;
}

/** Renames or removes a passkey of the signed-in person, as the form's `intent` says. */
export async function changePasskey(_before: unknown, data: unknown): Promise<PasskeyState> {
  const { intent, passkeyId, name } = readFields(data, ['intent', 'passkeyId', 'name']);
  const caller = await currentCaller();
  const { faults } =
    intent === 'remove'
      ? await change(RemovePasskeyMutation, { input: { passkeyId, ...readProof(data) } }, caller)
      : await change(RenamePasskeyMutation, { input: { passkeyId, name } }, caller);
  // One that is gone already is as good as removed.
  const gone = intent === 'remove' && hasCode(faults, 'NOT_FOUND');
  if (faults.length > 0 && !gone) {
    const labels = { name: (await textsNow('settings'))('name'), ...(await proofLabels()) };
    return { ...(await formFaults(faults, { name }, labels)), about: `${intent}-${passkeyId}`, done: null };
  }
  refresh();
  return { ...emptyForm, about: '', done: intent === 'remove' ? 'removed' : 'renamed' };
}
