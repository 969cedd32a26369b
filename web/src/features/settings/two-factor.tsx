'use client';

import { useActionState } from 'react';
import { FormStatus } from '../../ui/form-status.tsx';
import { changeTwoFactor } from './change-two-factor.action.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TwoFactorBegin } from './two-factor-begin.tsx';
import { TwoFactorManage } from './two-factor-manage.tsx';
import { TwoFactorScan } from './two-factor-scan.tsx';
import { atRest } from './two-factor-state.ts';

const DONE = {
  on: 'Two-factor authentication is on: from now on, signing in takes a code too.',
  off: 'Two-factor authentication is off: your password alone signs you in.',
  renewed: 'You have new recovery codes; the earlier ones are no longer good.',
};

/** Two-factor authentication from its beginning to its end; every step works without JavaScript too. */
export function TwoFactor({ enabled, codesLeft }: { enabled: boolean; codesLeft: number | null }) {
  const [state, action, pending] = useActionState(changeTwoFactor, atRest);
  const step = { state, action, pending };
  return (
    <>
      <FormStatus text={state.done && DONE[state.done]} />
      {state.stage === 'codes' && <RecoveryCodes codes={state.codes} action={action} />}
      {state.stage === 'scan' && <TwoFactorScan {...step} />}
      {state.stage === 'rest' &&
        (enabled ? <TwoFactorManage {...step} codesLeft={codesLeft} /> : <TwoFactorBegin {...step} />)}
    </>
  );
}
