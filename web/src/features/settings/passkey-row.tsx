import { useTexts } from '#texts';
import { emptyForm } from '../../forms/form-state.ts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import look from '../../ui/rows.module.css';
import { Time } from '../../ui/time.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import type { PasskeyState } from './change-passkey.action.ts';
import { OwnersProof } from './owners-proof.tsx';
import type { PasskeyLine } from './passkey-line.ts';

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
  const t = useTexts('settings');
  const { id, name, synced, createdAt, lastUsedAt } = passkey;
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
          {synced ? t('placeSynced') : t('placeDevice')} ·{' '}
          {t.rich('addedAgo', { time: () => <Time of={createdAt} as="ago" /> })} ·{' '}
          {lastUsedAt
            ? t.rich('lastUsed', { time: () => <Time of={lastUsedAt} as="ago" /> })
            : t('notUsedYet')}
        </p>
        <details className={look.more} open={state.about === `rename-${id}`}>
          <summary>
            {t('rename')}
            <span className="visually-hidden"> {name}</span>
          </summary>
          <form ref={renaming} action={action} className={styles.form}>
            <FormMessage text={of('rename').message} />
            <input type="hidden" name="intent" value="rename" />
            <input type="hidden" name="passkeyId" value={id} />
            <Field
              name="name"
              scope={`rename-${id}`}
              label={t('name')}
              autoComplete="off"
              value={of('rename').values.name ?? name}
              fault={of('rename').fields.name}
            />
            <p>
              <PendingButton className="button" pending={pending}>
                {t('saveName')}
              </PendingButton>
            </p>
          </form>
        </details>
        <details className={look.more} open={state.about === `remove-${id}`}>
          <summary>
            {t('remove')}
            <span className="visually-hidden"> {name}</span>
          </summary>
          <form ref={removing} action={action} className={styles.form}>
            <FormMessage text={of('remove').message} />
            <input type="hidden" name="intent" value="remove" />
            <input type="hidden" name="passkeyId" value={id} />
            <OwnersProof state={of('remove')} scope={`remove-${id}`} withCode={withCode} />
            <p>
              <PendingButton className="button" pending={pending}>
                {t('removePasskey')}
              </PendingButton>
            </p>
          </form>
        </details>
      </div>
    </li>
  );
}
