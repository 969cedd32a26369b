import { useTexts } from '#texts';
import { ResendMail } from '../session/resend-mail.tsx';
import { ChangeEmailForm } from './change-email-form.tsx';
import type { AccountQuery } from './generated/documents.ts';
import styles from './settings.module.css';
import { SettingsSection } from './settings-section.tsx';

/** The account's address, whether its owner has confirmed it, and the way to another. */
export function AccountEmail({ account }: { account: NonNullable<AccountQuery['account']> }) {
  const t = useTexts('settings');
  const { email, emailVerified, pendingEmailChange, twoFactorEnabled } = account;
  return (
    <SettingsSection id="email" title={t('email')} lead={t('onlyCanSee')}>
      <p className={styles.value}>
        <bdi>{email}</bdi>
        <span className={styles.mark} data-good={emailVerified || undefined}>
          {emailVerified ? t('confirmed') : t('notConfirmedYet')}
        </span>
      </p>
      {!emailVerified && <ResendMail />}
      <ChangeEmailForm pendingChange={pendingEmailChange} withCode={twoFactorEnabled} />
    </SettingsSection>
  );
}
