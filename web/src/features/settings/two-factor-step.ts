import type { TwoFactorState } from './two-factor-state.ts';

/** What each form of the way to two-factor authentication is given. */
export interface TwoFactorStep {
  state: TwoFactorState;
  action: (data: FormData) => void;
  pending: boolean;
}
