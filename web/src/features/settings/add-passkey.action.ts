'use server';

import { refresh } from 'next/cache';
import { textsNow } from '#texts';
import { textOf } from '../../forms/call-arguments.ts';
import { emptyForm, type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { AddPasskeyMutation, BeginPasskeyMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { proofLabels, readProof } from './read-proof.ts';

/** Gives what the browser makes a passkey by, for whoever shows that the account is theirs; else the form's faults. */
export async function beginPasskey(data: unknown): Promise<FormState & { options: string | null }> {
  const { name } = readFields(data, ['name']);
  const input = readProof(data);
  const { data: done, faults } = await change(BeginPasskeyMutation, { input }, await currentCaller());
  const options = done?.beginPasskey?.options ?? null;
  if (options !== null) return { ...emptyForm, options };
  return { ...(await formFaults(faults, { name }, await proofLabels())), options };
}

/** Keeps the passkey that the browser made; gives the form's state. */
export async function addPasskey(credential: unknown, name: unknown): Promise<FormState> {
  const t = await textsNow('settings');
  const typed = textOf(name).trim();
  const input = { credential: textOf(credential), ...(typed === '' ? {} : { name: typed }) };
  const { data, faults } = await change(AddPasskeyMutation, { input }, await currentCaller());
  if (!data?.addPasskey) return await formFaults(faults, { name: typed }, { name: t('name') });
  refresh();
  return emptyForm;
}
