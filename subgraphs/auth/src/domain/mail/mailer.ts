import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDeadline } from '@socialhub/platform/deadline';
import { createTransport } from 'nodemailer';
import { normaliseEmail } from './email-address.ts';

/** A mail as it goes out, in both forms. */
export interface Message {
  /** The same at every try: whoever gets it twice can tell. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface Mailer {
  /** Hands the message over, to a server or a file. Throws when that fails. */
  send(message: Message): Promise<void>;
  close(): void;
}

/** Where mail goes and whom it is from. */
export interface MailSettings {
  smtpUrl: string | undefined;
  directory: string | undefined;
  from: string;
}

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
const sendTimeoutMs = 45_000;
// What a message names is text: nodemailer must read neither files nor addresses of the web for it.
const closed = { disableFileAccess: true, disableUrlAccess: true };

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Sends by SMTP, or writes a file for each message into a folder, or null when neither is configured. */
export function createMailer({ smtpUrl, directory, from }: MailSettings): Mailer | null {
  if (smtpUrl) return smtpMailer(smtpUrl, from);
  return directory ? folderMailer(directory, from) : null;
}

function smtpMailer(url: string, from: string): Mailer {
  // Links in these mails open accounts: what would carry them in the clear has to be asked for (`?requireTLS=false`).
  const requireTLS = !loopback.has(new URL(url).hostname);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    requireTLS,
    ...timeouts,
    ...closed,
  });
  return {
    async send(message) {
      const sent = transport.sendMail(mailOf(message, from));
      try {
        await withDeadline(sent, sendTimeoutMs, () => new Error('the mail server took too long'));
      } catch (error) {
        throw error instanceof Error ? new NotSent(error) : error;
      }
    },
    close: () => transport.close(),
  };
}

const address = /[^\s<>@]{1,64}@[^\s<>@]{1,255}/g;
const maxReason = 500;

/** Why a server did not take a mail. What it says often names whom the mail is for: that goes into no log and no table. */
class NotSent extends Error {
  override readonly name = 'NotSent';
  readonly code: string | undefined;
  readonly command: string | undefined;
  readonly responseCode: number | undefined;

  constructor(error: Error & { code?: string; command?: string; responseCode?: number }) {
    super(error.message.slice(0, maxReason).replace(address, '[address]'));
    this.code = error.code;
    this.command = error.command;
    this.responseCode = error.responseCode;
  }
}

function folderMailer(directory: string, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix', ...closed });
  return {
    async send(message) {
      const { message: bytes } = await transport.sendMail(mailOf(message, from));
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
      const path = join(directory, `${time}-${randomBytes(3).toString('hex')}.eml`);
      // Renamed when it is whole: whoever watches the folder never sees half a mail.
      await writeFile(`${path}.part`, bytes as Buffer, { mode: 0o600 });
      await rename(`${path}.part`, path);
    },
    close: () => undefined,
  };
}

/**
 * Whether the server refused this recipient or this message for good (SMTP 5xx). A refused sign-in or sender is a fault
 * of the configuration: other mails would meet it too, and it is mended.
 */
export const isRefusedForGood = (error: unknown): boolean =>
  error instanceof NotSent &&
  Number(error.responseCode) >= 500 &&
  ['RCPT TO', 'DATA'].includes(String(error.command));

/** Line ends in a header would begin another one, commas in an address another recipient. */
function mailOf({ id, to, subject, text, html }: Message, from: string) {
  if (normaliseEmail(to) !== to) throw new Error('the recipient is no address');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(subject + id)) throw new Error('a header has a control character');
  return {
    from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${id}@socialhub.invalid>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
