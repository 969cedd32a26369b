'use client';

import { useActionState } from 'react';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import type { Role } from './generated/documents.ts';
import look from './moderate-form.module.css';
import { ROLE_NAMES } from './role-names.ts';
import { setRole } from './set-role.action.ts';

/** Gives somebody another role; it works without JavaScript too. */
export function RoleForm({ id, role }: { id: string; role: Role }) {
  const [state, action, pending] = useActionState(setRole, { fault: null, done: false });
  return (
    <details className={look.box} open={state.fault !== null}>
      <summary>Change the role</summary>
      <FormStatus text={state.done ? 'The role is changed.' : null} />
      <form action={action} className={styles.form}>
        <FormMessage text={state.fault} />
        <input type="hidden" name="id" value={id} />
        <div className={styles.field}>
          <label htmlFor="role">Role</label>
          {/* Made anew for a new role: a form that was sent goes back to what it began with. */}
          <select key={role} id="role" name="role" defaultValue={role} aria-describedby="role-hint">
            {Object.entries(ROLE_NAMES).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
          <p id="role-hint" className={styles.hint}>
            Who is to have fewer rights than before has to sign in anew.
          </p>
        </div>
        <p className={look.actions}>
          <PendingButton className="button" pending={pending}>
            Set the role
          </PendingButton>
        </p>
      </form>
    </details>
  );
}
