import type { PasskeyState } from '../actions/change-passkey.ts';
import { emptyForm } from '../actions/form-state.ts';
import type { PasskeyLine } from '../session/passkey-line.ts';
import { Time } from '../ui/time.tsx';
import { Field } from './field.tsx';
import styles from './form.module.css';
import { FormMessage } from './form-message.tsx';
import { OwnersProof } from './owners-proof.tsx';
import { PendingButton } from './pending-button.tsx';
import look from './session-list.module.css';
import { useFaultFocus } from './use-fault-focus.ts';

/** One passkey, with forms to rename it and to remove it. */
export function PasskeyRow({
  passkey,
  state,
  action,
  pending,
  withCode,
}: {
  passkey: PasskeyLine;
  state: PasskeyState;
  action: (data: FormData) => void;
  pending: boolean;
  withCode: boolean;
}) {
  const { id, name, place, createdAt, lastUsedAt } = passkey;
  const of = (intent: string) => (state.about === `${intent}-${id}` ? state : emptyForm);
  const renaming = useFaultFocus(of('rename'));
  const removing = useFaultFocus(of('remove'));
  return (
    <li className={look.row}>
      <div className={look.what}>
        <p className={look.device}>
          <bdi>{name}</bdi>
        </p>
        <p className={look.meta}>
          {place} · added <Time of={createdAt} as="ago" /> ·{' '}
          {lastUsedAt ? (
            <>
              last used <Time of={lastUsedAt} as="ago" />
            </>
          ) : (
            'not used yet'
          )}
        </p>
        <details className={look.more} open={state.about === `rename-${id}`}>
          <summary>
            Rename<span className="visually-hidden"> {name}</span>
          </summary>
          <form ref={renaming} action={action} className={styles.form}>
            <FormMessage text={of('rename').message} />
            <input type="hidden" name="intent" value="rename" />
            <input type="hidden" name="passkeyId" value={id} />
            <Field
              name="name"
              scope={`rename-${id}`}
              label="Name"
              autoComplete="off"
              value={of('rename').values.name ?? name}
              fault={of('rename').fields.name}
            />
            <p>
              <PendingButton className="button" pending={pending}>
                Save the name
              </PendingButton>
            </p>
          </form>
        </details>
        <details className={look.more} open={state.about === `remove-${id}`}>
          <summary>
            Remove<span className="visually-hidden"> {name}</span>
          </summary>
          <form ref={removing} action={action} className={styles.form}>
            <FormMessage text={of('remove').message} />
            <input type="hidden" name="intent" value="remove" />
            <input type="hidden" name="passkeyId" value={id} />
            <OwnersProof state={of('remove')} scope={`remove-${id}`} withCode={withCode} />
            <p>
              <PendingButton className="button" pending={pending}>
                Remove this passkey
              </PendingButton>
            </p>
          </form>
        </details>
      </div>
    </li>
  );
}
