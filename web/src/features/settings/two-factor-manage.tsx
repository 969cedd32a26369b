import { OwnersProofForm } from './owners-proof-form.tsx';
import look from './two-factor.module.css';
import type { TwoFactorStep } from './two-factor-step.ts';

function left(count: number | null): string {
  if (count === 0) return 'You have no recovery codes left: make new ones before you need them.';
  return count === 1 ? 'You have one recovery code left.' : `You have ${count} recovery codes left.`;
}

/** What can be done while two-factor authentication is on. */
export function TwoFactorManage(props: TwoFactorStep & { codesLeft: number | null }) {
  return (
    <>
      <p>
        Signing in takes a code besides your password. {props.codesLeft !== null && left(props.codesLeft)}
      </p>
      <details className={look.more} open={props.state.intent === 'renew'}>
        <summary>Make new recovery codes</summary>
        <OwnersProofForm {...props} intent="renew" label="Make new codes" />
      </details>
      <details className={look.more} open={props.state.intent === 'disable'}>
        <summary>Turn it off</summary>
        <OwnersProofForm {...props} intent="disable" label="Turn it off" />
      </details>
    </>
  );
}
