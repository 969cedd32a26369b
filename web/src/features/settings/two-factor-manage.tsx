import { useTexts } from '#texts';
import { OwnersProofForm } from './owners-proof-form.tsx';
import look from './two-factor.module.css';
import type { TwoFactorStep } from './two-factor-step.ts';

/** What can be done while two-factor authentication is on. */
export function TwoFactorManage(props: TwoFactorStep & { codesLeft: number | null }) {
  const t = useTexts('settings');
  return (
    <>
      <p>
        {t('signingInTakesCode')} {props.codesLeft !== null && t('codesLeft', { n: props.codesLeft })}
      </p>
      <details className={look.more} open={props.state.intent === 'renew'}>
        <summary>{t('makeNewRecoveryCodes')}</summary>
        <OwnersProofForm {...props} intent="renew" label={t('makeNewCodes')} />
      </details>
      <details className={look.more} open={props.state.intent === 'disable'}>
        <summary>{t('turnOff')}</summary>
        <OwnersProofForm {...props} intent="disable" label={t('turnOff')} />
      </details>
    </>
  );
}
