import { availableParallelism } from 'node:os';
import { httpUrl, readEnv, serviceEnv } from '@socialhub/platform/config';
import * as z from 'zod';
import { normaliseEmail } from './domain/mail/email-address.ts';

const wholeNumber = (min: number, max: number, preset: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message).default(preset);
};

const sender = /^[^\s<>"][^<>"\p{Cc}]{0,60} <([^<>]+)>$/u;
const isSender = (text: string) => normaliseEmail(sender.exec(text)?.[1] ?? text) !== null;

/** Of pages, or of an Android app as the hash of its signing key. */
const isOrigin = (text: string) =>
  text.startsWith('android:apk-key-hash:') ||
  (URL.canParse(text) && new URL(text).origin === text && !text.includes('*'));

/** What whoever runs SocialHub may choose, however it is run; the rest is where things are, and secrets. */
export const operatorSettings = {
  /** How long a key signs before the next one takes over. */
  SIGNING_KEY_DAYS: wholeNumber(1, 365, 30),
  JWT_ISSUER: z.string().default('socialhub'),
  JWT_AUDIENCE: z.string().default('socialhub'),
  ACCESS_TOKEN_SECONDS: wholeNumber(5, 900, 900),
  SESSION_IDLE_DAYS: wholeNumber(1, 365, 30),
  SESSION_MAX_DAYS: wholeNumber(1, 365, 180),
  /** The domain that passkeys are made for: the web's, or one above it; and the origins that may ask for them. */
  PASSKEY_RP_ID: z
    .string()
    .regex(/^([a-z0-9-]+\.)*[a-z0-9-]+$/, 'must be a domain, in lower case')
    .optional(),
  PASSKEY_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .pipe(
      z.array(
        z.string().refine(isOrigin, 'must be origins, such as https://hub.example, with commas between'),
      ),
    )
    .optional(),
  /** Sends mail by this server. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' }).optional(),
  MAIL_FROM: z.string().refine(isSender, 'must be an address, or a name with the address in <>').optional(),
  /** Passwords that are hashed in 15 minutes, right ones and wrong ones. */
  SIGN_INS_PER_ACCOUNT: wholeNumber(1, 1_000_000, 60),
  SIGN_INS_PER_ADDRESS: wholeNumber(1, 1_000_000, 1_200),
  /** Wrong passwords in 15 minutes. */
  FAILED_SIGN_INS_PER_ACCOUNT: wholeNumber(1, 1_000_000, 10),
  FAILED_SIGN_INS_PER_ADDRESS: wholeNumber(1, 1_000_000, 300),
  /** Passkeys that are asked for in 15 minutes. */
  PASSKEY_SIGN_INS_PER_ADDRESS: wholeNumber(1, 1_000_000, 300),
  /** Wrong two-factor codes, after the right password, in an hour. */
  FAILED_CODES_PER_ACCOUNT: wholeNumber(1, 1_000_000, 10),
  /** In an hour. */
  REGISTRATIONS_PER_ADDRESS: wholeNumber(1, 1_000_000, 300),
  /**
   * Mails of one kind that somebody asks for (reset, confirmation) in half an hour: by who asks (and for whom, when they are
   * signed out), and by whom they went to.
   */
  MAILS_PER_REQUESTER: wholeNumber(1, 1_000_000, 5),
  MAILS_PER_RECIPIENT: wholeNumber(1, 1_000_000, 10),
  /** All of them in an hour, by the address that asks. */
  MAILS_PER_ADDRESS: wholeNumber(1, 1_000_000, 100),
  /** Links out of mails that were no good, in an hour. */
  FAILED_TOKENS_PER_ADDRESS: wholeNumber(1, 1_000_000, 100),
  /** How long after it was asked for an account is erased. */
  DELETION_GRACE_DAYS: wholeNumber(0, 365, 30),
  /**
   * How many passwords are hashed at once; each takes 19 MiB and one of Node's four threads (UV_THREADPOOL_SIZE), of
   * which one at least has to be left: names are looked up and files are read by them.
   */
  PASSWORD_HASHES_AT_ONCE: wholeNumber(1, 64, Math.min(3, availableParallelism())),
};

const settings = z.object({
  ...serviceEnv,
  ...operatorSettings,
  /** Encrypts the private signing keys and the secrets of two-factor authentication in the database. */
  SIGNING_KEY_SECRET: z.string().min(32, 'must have 32 characters or more'),
  /** The web app: links in mails lead there. */
  WEB_URL: httpUrl.default('http://localhost:3000'),
  /** Where each mail is written to when there is no SMTP_URL. */
  MAIL_DIR: z.string().optional(),
});

const schema = settings.refine(({ SMTP_URL, MAIL_FROM }) => !SMTP_URL || MAIL_FROM, {
  path: ['MAIL_FROM'],
  error: 'must be set with SMTP_URL',
});

/** The auth service's settings; throws ConfigError with every fault. */
export const readConfig = (env: NodeJS.ProcessEnv) => readEnv(schema, env);

export type AuthConfig = ReturnType<typeof readConfig>;
