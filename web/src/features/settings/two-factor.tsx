'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { FormStatus } from '../../ui/form-status.tsx';
import { changeTwoFactor } from './change-two-factor.action.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TwoFactorBegin } from './two-factor-begin.tsx';
import { TwoFactorManage } from './two-factor-manage.tsx';
import { TwoFactorScan } from './two-factor-scan.tsx';
import { atRest } from './two-factor-state.ts';

const DONE = { on: 'twoFactorOn', off: 'twoFactorOff', renewed: 'codesRenewed' } as const;

/** Two-factor authentication from its beginning to its end; every step works without JavaScript too. */
export function TwoFactor({ enabled, codesLeft }: { enabled: boolean; codesLeft: number | null }) {
  const t = useTexts('settings');
  const [state, action, pending] = useActionState(changeTwoFactor, atRest);
  const step = { state, action, pending };
  return (
    <>
      <FormStatus text={state.done && t(DONE[state.done])} />
      {state.stage === 'codes' && <RecoveryCodes codes={state.codes} action={action} />}
      {state.stage === 'scan' && <TwoFactorScan {...step} />}
      {state.stage === 'rest' &&
        (enabled ? <TwoFactorManage {...step} codesLeft={codesLeft} /> : <TwoFactorBegin {...step} />)}
    </>
  );
}
