import { ResendMail } from '../session/resend-mail.tsx';
import { ChangeEmailForm } from './change-email-form.tsx';
import type { AccountQuery } from './generated/documents.ts';
import styles from './settings.module.css';
import { SettingsSection } from './settings-section.tsx';

/** The account's address, whether its owner has confirmed it, and the way to another. */
export function AccountEmail({ account }: { account: NonNullable<AccountQuery['account']> }) {
  const { email, emailVerified, pendingEmailChange, twoFactorEnabled } = account;
  return (
    <SettingsSection id="email" title="Email" lead="Only you can see it.">
      <p className={styles.value}>
        <bdi>{email}</bdi>
        <span className={styles.mark} data-good={emailVerified || undefined}>
          {emailVerified ? 'Confirmed' : 'Not confirmed yet'}
        </span>
      </p>
      {!emailVerified && <ResendMail />}
      <ChangeEmailForm pendingChange={pendingEmailChange} withCode={twoFactorEnabled} />
    </SettingsSection>
  );
}
