import type { Tx } from '../../store/client.ts';
import { insertMail, type MailKind } from '../../store/mail/mails.ts';

/** How long each kind is worth sending. A new sign-in is told of by the statement that makes it (store/sessions.ts). */
const usefulSeconds: Record<Exclude<MailKind, 'NEW_SIGN_IN'>, number> = {
  VERIFY_EMAIL: 86_400,
  RESET_PASSWORD: 1_800,
  PASSWORD_CHANGED: 86_400,
  TWO_FACTOR_ENABLED: 86_400,
  TWO_FACTOR_DISABLED: 86_400,
  RECOVERY_CODES_RENEWED: 86_400,
  RECOVERY_CODE_USED: 86_400,
  PASSKEY_ADDED: 86_400,
  PASSKEY_REMOVED: 86_400,
  CHANGE_EMAIL_FROM: 86_400,
  CHANGE_EMAIL_TO: 86_400,
  EMAIL_CHANGED: 86_400,
  DATA_EXPORT_READY: 86_400,
  ACCOUNT_DEACTIVATED: 86_400,
  DELETION_REQUESTED: 86_400,
  ACCOUNT_REACTIVATED: 86_400,
  ACCOUNT_SUSPENDED: 604_800,
  ACCOUNT_REINSTATED: 604_800,
};

/**
 * Queues a mail to this address, with the transaction. It is about the account `accountId`, or about the one that has
 * the address: nothing is sent when none has it.
 */
export const sendMail = (
  tx: Tx,
  kind: keyof typeof usefulSeconds,
  recipient: string,
  accountId: string | null = null,
): Promise<void> => insertMail(tx, { kind, recipient, accountId }, usefulSeconds[kind]);
