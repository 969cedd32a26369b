import type { Database } from '@socialhub/platform/database/database';
import { CodedError } from '@socialhub/platform/errors';
import { targetUrl } from '@socialhub/platform/http/request-target';
import { sendError, sendJson } from '@socialhub/platform/http/response';
import type { Handler } from '@socialhub/platform/http/server';
import { IDENTITY_HEADER } from '@socialhub/platform/identity/identity-signer';
import { createIdentityVerifier } from '@socialhub/platform/identity/identity-verifier';
import type { Service } from '@socialhub/platform/lifecycle/service';
import {
  createSubgraph,
  type ServiceOverrides,
  type SubgraphDeps,
} from '@socialhub/platform/subgraph/subgraph';
import type { AuthConfig } from './config.ts';
import { onAccountDataErased } from './consumers/on-account-data-erased.ts';
import { onAccountDeleted } from './consumers/on-account-deleted.ts';
import { onCommentRemoved } from './consumers/on-comment-removed.ts';
import { onCommentRestored } from './consumers/on-comment-restored.ts';
import { onDataExportReady } from './consumers/on-data-export-ready.ts';
import { onDataExportRequested } from './consumers/on-data-export-requested.ts';
import { onPostRemoved } from './consumers/on-post-removed.ts';
import { onPostRestored } from './consumers/on-post-restored.ts';
import { type AuthParts, createContext } from './context.ts';
import { createSeal } from './domain/encryption/sealed-bytes.ts';
import { eraseAccount } from './domain/erase-account.ts';
import { dataExport } from './domain/export-data.ts';
import { startMailQueue } from './domain/mail/mail-queue.ts';
import { createMailer } from './domain/mail/mailer.ts';
import { resetSeconds } from './domain/mail/write-mail.ts';
import { relyingPartyOf } from './domain/passkeys/relying-party.ts';
import { createPasswordHasher, type PasswordHasher } from './domain/passwords/password-hasher.ts';
import { revocations } from './domain/sessions/revocations.ts';
import { type Keyring, openKeyring } from './domain/signing-keys/keyring.ts';
import { keysMaxAgeSeconds } from './domain/signing-keys/rotate-keys.ts';
import { createThrottles, type Limits, type Throttles } from './domain/throttling/throttles.ts';
import { resolvers } from './resolvers/index.ts';
import { type Client, createClient } from './store/client.ts';
import { beginErasureTask } from './tasks/begin-erasure.ts';
import { startPurge } from './tasks/purge.ts';
import { startRotation, storedKeys } from './tasks/rotate-signing-keys.ts';

export { readConfig } from './config.ts';

/** The auth service: accounts, sessions, and the keys by which everyone else knows who is who. */
export function createAuthService(
  config: AuthConfig,
  overrides: ServiceOverrides & { passwords?: PasswordHasher } = {},
): Service {
  return createSubgraph(
    {
      name: 'auth',
      config,
      schema: new URL('../schema.graphql', import.meta.url),
      resolvers,
      createClient,
      async create(deps) {
        const { db, log, closing } = deps;
        const parts = await createParts(config, deps, overrides.passwords);
        const { keyring, throttles, lifetimes } = parts;
        closing.defer(await startMail(config, deps, throttles));
        const purge = startPurge(db, log, lifetimes.idleSeconds);
        closing.defer(() => purge.stop());
        closing.defer(startRotation(keyring, log));
        return {
          context: createContext(parts),
          consumers: [
            onPostRemoved,
            onPostRestored,
            onCommentRemoved,
            onCommentRestored,
            onDataExportRequested,
            onDataExportReady,
            onAccountDeleted,
            onAccountDataErased,
          ],
          tasks: [dataExport.task, beginErasureTask, eraseAccount],
          routes: {
            'GET /.well-known/jwks.json': serveKeys(keyring),
            'GET /revocations': serveRevocations(config, db),
          },
        };
      },
    },
    overrides,
  );
}

type Deps = SubgraphDeps<Client>;

const daySeconds = 86_400;

const hourSeconds = 3_600;
const guessSeconds = 900;

const limitsOf = (config: AuthConfig): Limits => ({
  attemptsPerAccount: { points: config.SIGN_INS_PER_ACCOUNT, seconds: guessSeconds },
  attemptsPerAddress: { points: config.SIGN_INS_PER_ADDRESS, seconds: guessSeconds },
  attemptsPerPlace: { points: config.SIGN_INS_PER_ACCOUNT, seconds: guessSeconds },
  failuresPerAccount: { points: config.FAILED_SIGN_INS_PER_ACCOUNT, seconds: guessSeconds },
  failuresPerAddress: { points: config.FAILED_SIGN_INS_PER_ADDRESS, seconds: guessSeconds },
  failuresPerPlace: { points: config.FAILED_SIGN_INS_PER_ACCOUNT, seconds: guessSeconds },
  passkeySignInsPerAddress: { points: config.PASSKEY_SIGN_INS_PER_ADDRESS, seconds: guessSeconds },
  codeFailuresPerAccount: { points: config.FAILED_CODES_PER_ACCOUNT, seconds: hourSeconds },
  codeFailuresPerPlace: { points: config.FAILED_CODES_PER_ACCOUNT, seconds: hourSeconds },
  resetsPerPlace: { points: 1, seconds: hourSeconds },
  passkeyFailuresPerAddress: { points: config.PASSKEY_SIGN_INS_PER_ADDRESS, seconds: guessSeconds },
  registrationsPerAddress: { points: config.REGISTRATIONS_PER_ADDRESS, seconds: hourSeconds },
  mailsPerRequester: { points: config.MAILS_PER_REQUESTER, seconds: resetSeconds },
  mailsPerRecipient: { points: config.MAILS_PER_RECIPIENT, seconds: resetSeconds },
  mailsPerAddress: { points: config.MAILS_PER_ADDRESS, seconds: hourSeconds },
  tokenFailuresPerAddress: { points: config.FAILED_TOKENS_PER_ADDRESS, seconds: hourSeconds },
});

const createParts = async (
  config: AuthConfig,
  { db, log }: Deps,
  passwords = createPasswordHasher(config.PASSWORD_HASHES_AT_ONCE),
): Promise<AuthParts> => ({
  keyring: await openKeyring(
    storedKeys(db, config.SIGNING_KEY_SECRET, config.SIGNING_KEY_DAYS * daySeconds),
    config.SIGNING_KEY_SECRET,
    log,
  ),
  passwords,
  throttles: createThrottles(db.pool, limitsOf(config)),
  // The text is part of the key: with another one no secret that is kept could be read.
  totpSeal: createSeal(config.SIGNING_KEY_SECRET, 'socialhub second factors'),
  relyingParty: relyingPartyOf(config.WEB_URL, {
    id: config.PASSKEY_RP_ID,
    origins: config.PASSKEY_ORIGINS,
  }),
  tokenSettings: {
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    accessSeconds: config.ACCESS_TOKEN_SECONDS,
  },
  lifetimes: {
    idleSeconds: config.SESSION_IDLE_DAYS * daySeconds,
    maxSeconds: config.SESSION_MAX_DAYS * daySeconds,
  },
  graceSeconds: config.DELETION_GRACE_DAYS * daySeconds,
});

async function startMail(config: AuthConfig, { db, log }: Deps, throttles: Throttles) {
  const { SMTP_URL: smtpUrl, MAIL_DIR: directory, MAIL_FROM: from, WEB_URL: webUrl } = config;
  const mailer = createMailer({ smtpUrl, directory, from: from ?? 'SocialHub <no-reply@socialhub.invalid>' });
  if (mailer) return startMailQueue({ db, throttles, log, mailer, webUrl });
  log.warn('no mail is sent: neither SMTP_URL nor MAIL_DIR is set');
  return async () => undefined;
}

const serveKeys =
  (keyring: Keyring): Handler =>
  async (_request, response) =>
    sendJson(response, 200, await keyring.publicKeys(), {
      'cache-control': `public, max-age=${keysMaxAgeSeconds}`,
    });

/** For gateways, which have to know who may not come in though the token says so. */
function serveRevocations(config: AuthConfig, db: Database<Client>): Handler {
  const verifyIdentity = createIdentityVerifier(config.IDENTITY_KEYS, 'auth');
  return async (request, response) => {
    try {
      verifyIdentity(request.headers[IDENTITY_HEADER]);
    } catch (error) {
      if (error instanceof CodedError) return sendError(response, 401, error.code, error.message);
      throw error;
    }
    const { seconds } = Object.fromEntries(targetUrl(request).searchParams);
    const isNumber = seconds !== undefined && /^\d{1,4}$/.test(seconds);
    sendJson(response, 200, await revocations(db.prisma, isNumber ? Number(seconds) : undefined));
  };
}
