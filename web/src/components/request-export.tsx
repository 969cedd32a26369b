'use client';

import { useActionState } from 'react';
import { requestDataExport } from '../actions/request-data-export.ts';
import styles from './form.module.css';
import { FormMessage } from './form-message.tsx';

/** Asks for an archive; it works without JavaScript too. */
export function RequestExport({ again }: { again: boolean }) {
  const [fault, action, pending] = useActionState(requestDataExport, null);
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={fault} />
      <p>
        <button type="submit" className="button" disabled={pending}>
          {pending ? 'Asking…' : again ? 'Make a new archive' : 'Make an archive'}
        </button>
      </p>
    </form>
  );
}
