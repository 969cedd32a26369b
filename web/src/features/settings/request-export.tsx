'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { requestDataExport } from './request-data-export.action.ts';

/** Asks for an archive; it works without JavaScript too. `formKey` is of this form alone: sending it twice makes one archive. */
export function RequestExport({ again, formKey }: { again: boolean; formKey: string }) {
  const t = useTexts('settings');
  const [fault, action, pending] = useActionState(requestDataExport, null);
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={fault} />
      <input type="hidden" name="key" value={formKey} />
      <p>
        <PendingButton className="button" pending={pending} waiting={t('asking')}>
          {again ? t('makeNewArchive') : t('makeArchive')}
        </PendingButton>
      </p>
    </form>
  );
}
