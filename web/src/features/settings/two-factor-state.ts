import { stateOf, textOf } from '../../forms/call-arguments.ts';
import { emptyForm, type FormState } from '../../forms/form-state.ts';

/** Where somebody is on the way to two-factor authentication; `intent` names the form that the faults belong to. */
export interface TwoFactorState extends FormState {
  stage: 'rest' | 'scan' | 'codes';
  intent: string;
  done: 'on' | 'off' | 'renewed' | null;
  secret: string;
  uri: string;
  qrCode: string;
  codes: string[];
}

export const atRest: TwoFactorState = {
  ...emptyForm,
  stage: 'rest',
  intent: '',
  done: null,
  secret: '',
  uri: '',
  qrCode: '',
  codes: [],
};

/** Where the page says that somebody was: a step that fails is shown again. */
export function twoFactorBefore(before: unknown): TwoFactorState {
  const stage = stateOf(before, 'stage');
  if (stage !== 'scan') return atRest;
  const read = (field: string) => textOf(stateOf(before, field));
  return { ...atRest, stage, secret: read('secret'), uri: read('uri'), qrCode: read('qrCode') };
}
