import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@socialhub/platform/contracts/services';
import {
  deriveIdentityKeys,
  formatIdentityKeys,
  type IdentityKey,
  parseIdentityKeys,
} from '@socialhub/platform/identity/identity-signer';

/**
 * Makes the keys of an environment that Terraform cannot make, in the secret `socialhub-<environment>/keys`, by the
 * command `aws`; values travel by its input and are shown nowhere. Before the first apply:
 *
 *   npm run keys:infra -- staging                 # once; SMTP_URL of the environment is stored with them
 *   npm run keys:infra -- staging add-key         # the new identity key is second: all verify it
 *   npm run keys:infra -- staging use-new-key     # it is first: it signs
 *   npm run keys:infra -- staging drop-old-key    # the other one is gone
 *   npm run keys:infra -- staging add-cdn-key, use-new-cdn-key, drop-old-cdn-key      # as much for the key of CloudFront
 *   npm run keys:infra -- staging set-smtp-url    # as the variable SMTP_URL is now
 *
 * Each writes the public halves of the keys for CloudFront beside the environment's configuration, which reads them there: commit
 * them. Before the old one is dropped, the URLs that it signed have to have ended.
 * After each: raise secrets_version, apply, and wait until all tasks are new.
 */

/** What the secret holds. */
export interface Keys {
  IDENTITY_KEYS: Record<string, string>;
  SIGNING_KEY_SECRET: string;
  SMTP_URL: string;
  MEDIA_CDN_PRIVATE_KEY: string;
  /** While the key is changed: the one that does not sign yet, or no longer. */
  OTHER_CDN_PRIVATE_KEY?: string;
}

export const verbs = [
  ...(['add-key', 'use-new-key', 'drop-old-key', 'set-smtp-url'] as const),
  ...(['add-cdn-key', 'use-new-cdn-key', 'drop-old-cdn-key'] as const),
] as const;
export type Verb = (typeof verbs)[number];

const environments = process.env.ENVIRONMENTS || join(import.meta.dirname, 'environments');
const random = () => randomBytes(32).toString('base64url');
const newKey = (): IdentityKey => ({ id: `k${Date.now().toString(36)}`, secret: random() });

const newCdnKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

/** The gateway's master keys, and for each subgraph and the web those derived from them. */
function identityKeys(master: readonly IdentityKey[]): Record<string, string> {
  const derived = [...serviceNames, 'web'].map((name) => [
    name,
    formatIdentityKeys(deriveIdentityKeys(master, name)),
  ]);
  return { gateway: formatIdentityKeys(master), ...Object.fromEntries(derived) };
}

/** The first keys of an environment. */
export const makeKeys = (smtpUrl: string): Keys => ({
  IDENTITY_KEYS: identityKeys([newKey()]),
  SIGNING_KEY_SECRET: random(),
  SMTP_URL: smtpUrl,
  MEDIA_CDN_PRIVATE_KEY: newCdnKey(),
});

/** What CloudFront is given to know the media service's signatures by; the first is the key that signs. */
export const cdnPublicKeys = ({
  MEDIA_CDN_PRIVATE_KEY: first,
  OTHER_CDN_PRIVATE_KEY: other,
}: Keys): string[] =>
  [first, ...(other ? [other] : [])].map((key) =>
    createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
  );

function changeCdnKey(keys: Keys, verb: Verb): Keys {
  const { OTHER_CDN_PRIVATE_KEY: other, ...rest } = keys;
  if (verb === 'add-cdn-key') {
    if (other) throw new Error('There are two keys already: drop the old one first.');
    return { ...rest, OTHER_CDN_PRIVATE_KEY: newCdnKey() };
  }
  if (!other) throw new Error('There is one key alone: add one first.');
  if (verb === 'drop-old-cdn-key') return rest;
  return { ...rest, MEDIA_CDN_PRIVATE_KEY: other, OTHER_CDN_PRIVATE_KEY: keys.MEDIA_CDN_PRIVATE_KEY };
}

/** The keys after one step. Throws when the step does not fit. */
export function changeKeys(keys: Keys, verb: Verb, smtpUrl: string): Keys {
  if (verb === 'set-smtp-url') return { ...keys, SMTP_URL: smtpUrl };
  if (verb.endsWith('-cdn-key')) return changeCdnKey(keys, verb);
  const master = parseIdentityKeys(keys.IDENTITY_KEYS.gateway ?? '');
  const [first, second] = master ?? [];
  if (!first) throw new Error('The identity keys are damaged.');
  if (verb === 'add-key') {
    if (second) throw new Error('There are two keys already: drop the old one first.');
    return { ...keys, IDENTITY_KEYS: identityKeys([first, newKey()]) };
  }
  if (!second) throw new Error('There is one key alone: add one first.');
  return { ...keys, IDENTITY_KEYS: identityKeys(verb === 'use-new-key' ? [second, first] : [first]) };
}

/** SMTP_URL as it is stored, or an Error that says what is wrong with it, without its value. */
export function mailServer({ SMTP_URL = '' }: NodeJS.ProcessEnv): string {
  if (/^smtps?:\/\/[^/]/.test(SMTP_URL) && URL.canParse(SMTP_URL)) return SMTP_URL;
  throw new Error(
    SMTP_URL === ''
      ? 'SMTP_URL is missing or empty: set it to the mail server, such as smtps://user:password@mail.example.'
      : 'SMTP_URL is no URL that begins with smtp:// or smtps://.',
  );
}

function aws(args: readonly string[], input?: string): string {
  return execFileSync('aws', ['secretsmanager', ...args, '--output', 'text'], {
    encoding: 'utf8',
    input,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

function main([environment, verb]: readonly string[]): void {
  if (!environment || (verb && !verbs.includes(verb as Verb)))
    throw new Error(`Usage: make-keys.ts <environment> [${verbs.join(' | ')}]`);
  const folder = join(environments, environment);
  if (!/^[a-z][a-z0-9]*$/.test(environment) || !existsSync(folder))
    throw new Error(`There is no environment ${environment} in ${environments}.`);
  const id = `socialhub-${environment}/keys`;
  const smtpUrl = !verb || verb === 'set-smtp-url' ? mailServer(process.env) : '';
  const fromInput = ['--secret-string', 'file:///dev/stdin'];
  let keys: Keys;
  if (verb) {
    const before = aws(['get-secret-value', '--secret-id', id, '--query', 'SecretString']);
    keys = changeKeys(JSON.parse(before) as Keys, verb as Verb, smtpUrl);
    aws(['put-secret-value', '--secret-id', id, ...fromInput], JSON.stringify(keys));
  } else {
    keys = makeKeys(smtpUrl);
    aws(['create-secret', '--name', id, ...fromInput], JSON.stringify(keys));
  }
  writeFileSync(join(folder, 'cdn-public-keys.json'), `${JSON.stringify(cdnPublicKeys(keys), null, 2)}\n`);
  process.stdout.write(`${id} is written. Raise secrets_version and apply.\n`);
}

if (import.meta.main) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
