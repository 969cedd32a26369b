import { emptyForm, type FormState } from './form-state.ts';

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
