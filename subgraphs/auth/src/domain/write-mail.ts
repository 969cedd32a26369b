import { findAccountByEmail } from '../store/accounts.ts';
import type { Reader } from '../store/client.ts';
import { insertMailToken } from '../store/mail-tokens.ts';
import type { MailKind, MailRow } from '../store/mails.ts';
import { composeMail } from './mail-texts.ts';
import { mintMailToken } from './mail-token.ts';
import type { Message } from './mailer.ts';

/** How long the token in a mail is good, for the kinds that have one. */
const goodForSeconds: Record<MailKind, number | null> = {
  VERIFY_EMAIL: 86_400,
  RESET_PASSWORD: 1_800,
  PASSWORD_CHANGED: null,
  TWO_FACTOR_ENABLED: null,
  TWO_FACTOR_DISABLED: null,
  RECOVERY_CODES_RENEWED: null,
  RECOVERY_CODE_USED: null,
  PASSKEY_ADDED: null,
  PASSKEY_REMOVED: null,
};

/** What to send, with a token of its own in its link; null when there is nobody to tell or nothing left to say. */
export async function writeMail(reader: Reader, mail: MailRow, webUrl: string): Promise<Message | null> {
  const { kind, recipient } = mail;
  const account = await findAccountByEmail(reader, recipient);
  if (!account || (kind === 'VERIFY_EMAIL' && account.emailVerifiedAt)) return null;
  const lifetime = goodForSeconds[kind];
  const token = lifetime === null ? null : mintMailToken();
  if (token && lifetime !== null) {
    const { hash } = token;
    await insertMailToken(reader, { hash, accountId: account.id, kind, email: recipient }, lifetime);
  }
  return {
    id: `${mail.createdAt.getTime()}.${mail.id}`,
    to: recipient,
    ...composeMail(kind, account, webUrl, token?.text ?? null),
  };
}
