import type { MailKind } from '../../store/mail/mails.ts';
import type { SessionRow } from '../../store/sessions/sessions.ts';
import type { Message } from './mailer.ts';

/** What each kind of mail says. A link stands in a line of its own. */
interface MailText {
  subject: string;
  paragraphs: string[];
  /** Where the button leads, and what it says. */
  link: { path: string; label: string } | null;
  closing: string;
}

/** Whom a mail is about. */
interface Subject {
  username: string;
  /** The address that the account has, or is to have. */
  newEmail: string;
  /** When the account is erased; null when it stays. */
  deleteAfter: Date | null;
  /** Null when it is not suspended. */
  suspendedReason: string | null;
  /** The session that the mail tells of. */
  session: Pick<SessionRow, 'createdAt' | 'userAgent' | 'ipAddress'> | null;
}

const notYou =
  'If it was not you, somebody knows your password: change it now, and end the other sessions of your account.';

const texts: Record<MailKind, (subject: Subject) => MailText> = {
  VERIFY_EMAIL: ({ username }) => ({
    subject: 'Confirm your email address',
    paragraphs: [
      `Hello @${username}, please confirm that this address is yours. The link is good for 24 hours.`,
    ],
    link: { path: '/verify-email', label: 'Confirm this address' },
    closing: 'If you have no account at SocialHub, somebody mistyped theirs: there is nothing to do.',
  }),
  RESET_PASSWORD: ({ username }) => ({
    subject: 'Reset your password',
    paragraphs: [`Hello @${username}, somebody asked for a new password of your account.`],
    link: { path: '/reset-password', label: 'Choose a new password' },
    closing:
      'The link is good once, for 30 minutes. If it was not you who asked, there is nothing to do: your password stays as it is.',
  }),
  PASSWORD_CHANGED: ({ username }) => ({
    subject: 'Your password was changed',
    paragraphs: [
      `Hello @${username}, the password of your account was changed and your other devices were signed out.`,
    ],
    link: null,
    closing: 'If it was not you, ask for a new password on the sign-in page now.',
  }),
  TWO_FACTOR_ENABLED: ({ username }) => ({
    subject: 'Two-factor authentication is on',
    paragraphs: [
      `Hello @${username}, from now on your account asks for a code of your authenticator app when you sign in.`,
      'Keep the recovery codes where you find them without your phone.',
    ],
    link: null,
    closing: notYou,
  }),
  TWO_FACTOR_DISABLED: ({ username }) => ({
    subject: 'Two-factor authentication is off',
    paragraphs: [`Hello @${username}, your account asks for no code any more: the password is enough.`],
    link: null,
    closing: notYou,
  }),
  RECOVERY_CODES_RENEWED: ({ username }) => ({
    subject: 'You have new recovery codes',
    paragraphs: [`Hello @${username}, your account has new recovery codes. Those from before work no more.`],
    link: null,
    closing: notYou,
  }),
  RECOVERY_CODE_USED: ({ username }) => ({
    subject: 'A recovery code was used',
    paragraphs: [
      `Hello @${username}, one of your recovery codes was used in place of your authenticator app. It works no more.`,
    ],
    link: null,
    closing: notYou,
  }),
  PASSKEY_ADDED: ({ username }) => ({
    subject: 'You have a new passkey',
    paragraphs: [
      `Hello @${username}, a passkey was added to your account: it signs in without your password.`,
    ],
    link: null,
    closing: notYou,
  }),
  PASSKEY_REMOVED: ({ username }) => ({
    subject: 'A passkey was removed',
    paragraphs: [`Hello @${username}, a passkey was removed from your account: it signs in no more.`],
    link: null,
    closing: notYou,
  }),
  CHANGE_EMAIL_FROM: ({ username, newEmail }) => ({
    subject: 'Confirm that your email address changes',
    paragraphs: [
      `Hello @${username}, somebody asked to change the address of your account to ${newEmail}.`,
      'If it was you, use this link and the one that went to the new address. Each is good once, for 24 hours.',
    ],
    link: { path: '/change-email', label: 'Change the address' },
    closing: 'If it was not you, change your password now: whoever asked knows it.',
  }),
  CHANGE_EMAIL_TO: ({ username, newEmail }) => ({
    subject: 'Confirm your new email address',
    paragraphs: [
      `Hello, @${username} wants ${newEmail} to be the address of their account.`,
      'If that is you, use this link and the one that went to your present address. Each is good once, for 24 hours.',
    ],
    link: { path: '/change-email', label: 'Confirm this address' },
    closing: 'If you have no account at SocialHub, somebody mistyped theirs: there is nothing to do.',
  }),
  EMAIL_CHANGED: ({ username, newEmail }) => ({
    subject: 'Your email address was changed',
    paragraphs: [
      `Hello @${username}, the address of your account is ${newEmail} now, confirmed at the old address and the new one.`,
    ],
    link: null,
    closing:
      'If it was not you, somebody reads your mail: change its password first, then the one of your account.',
  }),
  DATA_EXPORT_READY: ({ username }) => ({
    subject: 'Your data is ready',
    paragraphs: [
      `Hello @${username}, the archive of your data is ready. Sign in and fetch it in your settings, which say until when it is kept.`,
    ],
    link: null,
    closing: 'If it was not you who asked for it, change your password now.',
  }),
  ACCOUNT_DEACTIVATED: ({ username }) => ({
    subject: 'Your account is deactivated',
    paragraphs: [
      `Hello @${username}, your account is deactivated: nobody sees you or what you wrote. Sign in whenever you want it back.`,
    ],
    link: null,
    closing: 'If it was not you, ask for a new password on the sign-in page and sign in.',
  }),
  DELETION_REQUESTED: ({ username, deleteAfter }) => ({
    subject: 'Your account will be deleted',
    paragraphs: [
      `Hello @${username}, your account is hidden now and will be erased, with all that belongs to it, on ${timeOf(deleteAfter)}.`,
      'Until then you keep it by signing in. After that nobody can bring it back.',
    ],
    link: null,
    closing: 'If it was not you, ask for a new password on the sign-in page and sign in.',
  }),
  ACCOUNT_REACTIVATED: ({ username }) => ({
    subject: 'Your account is back',
    paragraphs: [
      `Hello @${username}, somebody signed in to your account: it is as it was before, and nothing will be deleted.`,
    ],
    link: null,
    closing: 'If it was not you, ask for a new password on the sign-in page now.',
  }),
  NEW_SIGN_IN: ({ username, session }) => ({
    subject: 'A new sign-in to your account',
    paragraphs: [
      `Hello @${username}, somebody signed in to your account from a device or an address that was not used for it before.`,
      `When: ${timeOf(session?.createdAt ?? null)}. Device: ${deviceOf(session)}. Address: ${session?.ipAddress ?? 'not known'}.`,
    ],
    link: null,
    closing:
      'If it was not you, change your password now, end that session, and remove every passkey that is not yours.',
  }),
  ACCOUNT_SUSPENDED: ({ username, suspendedReason }) => ({
    subject: 'Your account is suspended',
    paragraphs: [
      `Hello @${username}, moderators have suspended your account: you cannot sign in, and nobody sees what you wrote.`,
      `Their reason: ${suspendedReason}`,
    ],
    link: null,
    closing: 'Nothing is erased: if they lift the suspension, everything is as it was.',
  }),
  ACCOUNT_REINSTATED: ({ username }) => ({
    subject: 'Your account is not suspended any more',
    paragraphs: [
      `Hello @${username}, moderators have lifted the suspension of your account: sign in as before.`,
    ],
    link: null,
    closing: 'What you wrote is seen again by whom you wrote it for.',
  }),
};

/** The mail about an account. `token` is the one that goes into its link, for the kinds that have one. */
export function composeMail(
  kind: MailKind,
  about: Subject,
  webUrl: string,
  token: string | null,
): Pick<Message, 'subject' | 'text' | 'html'> {
  const { subject, paragraphs, link, closing } = texts[kind](about);
  const url = link && `${webUrl}${link.path}?token=${encodeURIComponent(token ?? '')}`;
  const button = link && url ? [`<a href="${escapeHtml(url)}">${escapeHtml(link.label)}</a>`] : [];
  const html = [...paragraphs.map(escapeHtml), ...button, escapeHtml(closing)];
  return {
    subject,
    text: [...paragraphs, ...(url ? [url] : []), closing, `SocialHub, ${webUrl}`].join('\n\n'),
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><body>${html.map((part) => `<p>${part}</p>`).join('')}</body></html>`,
  };
}

const timeOf = (time: Date | null): string =>
  time ? `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'a time that is over';

const maxDevice = 200;

/** What the device called itself, whoever wrote that: shortened, and in one line. */
const deviceOf = (session: Subject['session']): string =>
  session?.userAgent?.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, maxDevice) ?? 'not known';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);
