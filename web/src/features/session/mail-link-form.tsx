import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import type { MailLinkState } from './mail-link-state.ts';

const BAD = { refused: 'linkRefused', incomplete: 'linkIncomplete' } as const;

/** What the link of a mail leads to: a button, since mail scanners follow links but press none. */
export function MailLinkForm({
  state,
  action,
  pending,
  lead,
  label,
  done,
  next,
  instead,
}: {
  state: MailLinkState;
  action: () => void;
  pending: boolean;
  lead: string;
  label: string;
  done: { done: string; half?: string; already?: string };
  /** Where to go once it is done. */
  next: ReactNode;
  /** What to do when the link is no good. */
  instead: ReactNode;
}) {
  const t = useTexts('session');
  const { outcome } = state;
  if (outcome === 'done' || outcome === 'half' || outcome === 'already') {
    return (
      <>
        <FormStatus text={done[outcome] ?? done.done} />
        {next}
      </>
    );
  }
  if (outcome === 'refused' || outcome === 'incomplete') {
    return (
      <div className={styles.form}>
        <FormMessage text={t(BAD[outcome])} />
        {instead}
      </div>
    );
  }
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={outcome === 'failed' ? state.message : null} />
      <p>{lead}</p>
      <PendingButton className="button primary wide" pending={pending} waiting={t('oneMoment')}>
        {label}
      </PendingButton>
    </form>
  );
}
