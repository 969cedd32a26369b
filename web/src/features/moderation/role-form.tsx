'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import type { Role } from './generated/documents.ts';
import look from './moderate-form.module.css';
import { setRole } from './set-role.action.ts';

/** The one with the fewest rights first. */
const ROLES = ['MEMBER', 'MODERATOR', 'ADMIN'] as const satisfies Role[];

/** Gives somebody another role; it works without JavaScript too. */
export function RoleForm({ id, role }: { id: string; role: Role }) {
  const t = useTexts('moderation');
  const [state, action, pending] = useActionState(setRole, { fault: null, done: false });
  return (
    <details className={look.box} open={state.fault !== null}>
      <summary>{t('changeRole')}</summary>
      <FormStatus text={state.done ? t('roleChanged') : null} />
      <form action={action} className={styles.form}>
        <FormMessage text={state.fault} />
        <input type="hidden" name="id" value={id} />
        <div className={styles.field}>
          <label htmlFor="role">{t('roleField')}</label>
          {/* Made anew for a new role: a form that was sent goes back to what it began with. */}
          <select key={role} id="role" name="role" defaultValue={role} aria-describedby="role-hint">
            {ROLES.map((value) => (
              <option key={value} value={value}>
                {t(value)}
              </option>
            ))}
          </select>
          <p id="role-hint" className={styles.hint}>
            {t('whoHaveFewerRights')}
          </p>
        </div>
        <p className={look.actions}>
          <PendingButton className="button" pending={pending}>
            {t('setRole')}
          </PendingButton>
        </p>
      </form>
    </details>
  );
}
