'use client';

import { useActionState, useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import styles from '../../ui/rows.module.css';
import { Time } from '../../ui/time.tsx';
import { endSession } from './end-session.action.ts';
import type { SessionLine } from './session-line.ts';

/** Where the person is signed in, each with a way to end it; it works without JavaScript too. */
export function SessionList({ sessions }: { sessions: SessionLine[] }) {
  const t = useTexts('settings');
  const [state, action, pending] = useActionState(endSession, { ended: 0, all: false, fault: null });
  const status = useRef<HTMLDivElement>(null);

  // The pressed button goes with its row: the keyboard must not be left nowhere.
  useEffect(() => {
    if (state.ended > 0) status.current?.querySelector<HTMLElement>('[role="status"]')?.focus();
  }, [state]);

  const done = state.all ? t('allOtherDevicesSigned') : t('deviceSignedOut');
  return (
    <>
      <FormMessage text={state.fault} />
      <div ref={status}>
        <FormStatus text={state.ended > 0 && state.fault === null ? done : null} />
      </div>
      <ul className={styles.list}>
        {sessions.map(({ id, device, address, lastUsedAt, current }) => (
          <li key={id} className={styles.row}>
            <div className={styles.what}>
              <p className={styles.device}>
                <span>{device}</span>
                {current && <span className={styles.current}>{t('device')}</span>}
              </p>
              <p className={styles.meta}>
                {address && <span>{address} · </span>}
                {t.rich('lastUsed', { time: () => <Time of={lastUsedAt} as="ago" /> })}
              </p>
            </div>
            {!current && (
              <form action={action}>
                <input type="hidden" name="sessionId" value={id} />
                <PendingButton className="button" pending={pending}>
                  {t('signOut')}
                  <span className="visually-hidden"> {device}</span>
                </PendingButton>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form action={action} className={styles.all}>
          <PendingButton className="button" pending={pending}>
            {t('signOutAllOther')}
          </PendingButton>
        </form>
      )}
    </>
  );
}
