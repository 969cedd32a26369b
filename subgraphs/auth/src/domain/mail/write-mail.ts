import { type AccountRow, findAccount, findAccountByEmail } from '../../store/accounts/accounts.ts';
import type { Reader } from '../../store/client.ts';
import { type EmailChangeRow, findEmailChange } from '../../store/email-address/email-changes.ts';
import { insertMailToken } from '../../store/mail/mail-tokens.ts';
import type { MailKind, MailRow } from '../../store/mail/mails.ts';
import { findSession } from '../../store/sessions/sessions.ts';
import { composeMail } from './mail-texts.ts';
import { mintMailToken } from './mail-token.ts';
import type { Message } from './mailer.ts';

/** How long a link is good that resets the password. */
export const resetSeconds = 1_800;

/** How long the token in a mail is good, for the kinds that have one. */
const goodForSeconds: Record<MailKind, number | null> = {
  VERIFY_EMAIL: 86_400,
  RESET_PASSWORD: resetSeconds,
  PASSWORD_CHANGED: null,
  TWO_FACTOR_ENABLED: null,
  TWO_FACTOR_DISABLED: null,
  RECOVERY_CODES_RENEWED: null,
  RECOVERY_CODE_USED: null,
  PASSKEY_ADDED: null,
  PASSKEY_REMOVED: null,
  CHANGE_EMAIL_FROM: 86_400,
  CHANGE_EMAIL_TO: 86_400,
  EMAIL_CHANGED: null,
  DATA_EXPORT_READY: null,
  ACCOUNT_DEACTIVATED: null,
  DELETION_REQUESTED: null,
  ACCOUNT_REACTIVATED: null,
  NEW_SIGN_IN: null,
  ACCOUNT_SUSPENDED: null,
  ACCOUNT_REINSTATED: null,
};

/** What to send, with a token of its own in its link; null when there is nobody to tell or nothing left to say. */
export async function writeMail(reader: Reader, mail: MailRow, webUrl: string): Promise<Message | null> {
  const { kind, recipient } = mail;
  const account = await (mail.accountId
    ? findAccount(reader, mail.accountId)
    : findAccountByEmail(reader, recipient));
  if (!account || isOver(kind, account)) return null;
  const change = await changeToConfirm(reader, mail, account);
  if (change === 'NONE') return null;
  const session = mail.sessionId === null ? null : await findSession(reader, mail.sessionId);
  const lifetime = goodForSeconds[kind];
  const token = lifetime === null ? null : mintMailToken();
  if (token && lifetime !== null) {
    const { hash } = token;
    await insertMailToken(
      reader,
      { hash, accountId: account.id, kind, email: recipient, changeId: change?.id ?? null },
      lifetime,
    );
  }
  return {
    id: `${mail.createdAt.getTime()}.${mail.id}`,
    to: recipient,
    ...composeMail(
      kind,
      {
        username: account.username,
        newEmail: change?.newEmail ?? account.email,
        deleteAfter: account.deleteAfter,
        suspendedReason: account.suspendedReason,
        session,
      },
      webUrl,
      token?.text ?? null,
    ),
  };
}

/** Whether what the mail would say is not so any more. */
const isOver = (kind: MailKind, { emailVerifiedAt, suspendedAt }: AccountRow): boolean =>
  (kind === 'VERIFY_EMAIL' && emailVerifiedAt !== null) ||
  (kind === 'ACCOUNT_SUSPENDED' && suspendedAt === null) ||
  (kind === 'ACCOUNT_REINSTATED' && suspendedAt !== null);

/**
 * The change of address that a mail is to have confirmed; null for other mails. 'NONE' when it is over, or another
 * account has the address: whoever asked must not learn that, and whoever has it has nothing to confirm.
 */
async function changeToConfirm(
  reader: Reader,
  { kind, recipient }: MailRow,
  account: AccountRow,
): Promise<EmailChangeRow | null | 'NONE'> {
  if (kind !== 'CHANGE_EMAIL_FROM' && kind !== 'CHANGE_EMAIL_TO') return null;
  const change = await findEmailChange(reader, account.id);
  if (!change) return 'NONE';
  if (kind === 'CHANGE_EMAIL_FROM') return recipient === account.email ? change : 'NONE';
  const isFree = (await findAccountByEmail(reader, recipient)) === null;
  return recipient === change.newEmail && isFree ? change : 'NONE';
}
