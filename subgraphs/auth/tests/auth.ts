import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Broker } from '@socialhub/platform/events/broker';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidOf } from '@socialhub/platform/testing/gid';
import { type TestService, testService } from '@socialhub/platform/testing/test-service';
import { dataOf, until } from '@socialhub/platform/testing/until';
import { decodeJwt } from 'jose';
import type { AuthConfig } from '../src/config.ts';
import { createPasswordHasher } from '../src/domain/passwords/password-hasher.ts';
import { createAuthService, readConfig } from '../src/service.ts';

export const tokens = 'tokens { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }';
export const account = `account { id email emailVerified role twoFactorEnabled createdAt
  sessions(first: 100) { edges { node { id createdAt lastUsedAt expiresAt userAgent ipAddress current } } } }`;
export const registerMutation = `mutation ($input: RegisterInput!) {
  register(input: $input) { ${tokens} ${account} user { id } } }`;
export const logInMutation = `mutation ($input: LogInInput!) {
  logIn(input: $input) { ${tokens} ${account} user { id } } }`;
/** The text of a mutation that takes an input: `mutation('verifyEmail', 'verified')`. */
export const mutation = (verb: string, selection: string): string =>
  `mutation ($input: ${verb[0]?.toUpperCase()}${verb.slice(1)}Input!) { ${verb}(input: $input) { ${selection} } }`;
export const refreshMutation = mutation('refreshTokens', tokens);

interface Sessions {
  sessions: { edges: { node: { id: string; current: boolean; ipAddress: string } }[] };
}

/** An account's sessions, by the ids that the database has. */
export const sessionsOf = ({ sessions }: Sessions) =>
  sessions.edges.map(({ node }) => ({ ...node, id: uuidOf(node.id) }));

export const password = 'correct horse battery';

let count = 0;

/** Somebody who can register. */
export function newcomer() {
  count += 1;
  return { email: `person${count}@example.com`, username: `person_${count}`, password };
}

/** As createPasswordHasher makes them, at a cost that nobody waits for. */
const quickPasswords = () => createPasswordHasher(8, { memoryCost: 256, timeCost: 1, parallelism: 1 });

/** The auth service, with what its tests have in common. `passwords: 'real'`: hashed at their real cost. */
export async function startAuth(
  env: Record<string, string> = {},
  { passwords = 'quick' }: { passwords?: 'quick' | 'real' } = {},
) {
  const mailDir = await mkdtemp(join(tmpdir(), 'socialhub-mail-'));
  let broker: Broker | undefined;
  let config: AuthConfig | undefined;
  const service: TestService = await testService({
    name: 'auth',
    readConfig,
    create: (given: AuthConfig, overrides) => {
      broker = overrides.broker;
      config = given;
      return createAuthService(
        given,
        passwords === 'quick' ? { ...overrides, passwords: quickPasswords() } : overrides,
      );
    },
    env: {
      SIGNING_KEY_SECRET: 'a signing key secret for tests, long enough',
      MAIL_DIR: mailDir,
      WEB_URL: 'https://hub.example/',
      ...env,
    },
  });
  if (!broker || !config) throw new Error('the service was not created');
  const revoked: unknown[] = [];
  await broker.listen('session_revoked', (payload) => revoked.push(payload));
  const roleChanges: unknown[] = [];
  await broker.listen('role_changed', (payload) => roleChanges.push(payload));

  return {
    ...service,
    broker,
    /** For a further instance in this process, which leaves the events to the first. */
    brokerBeside: { ...broker, consume: async () => ({ stop: async () => {} }) } satisfies Broker,
    config,
    /** What gateways have heard on session_revoked. */
    revoked,
    /** And on role_changed. */
    roleChanges,
    /** Somebody who has an account, whose id is the one that the database has. */
    async register(input = newcomer()) {
      const { register } = dataOf(await service.as(null).execute(registerMutation, { input }));
      const account = { ...register.account, id: uuidOf(register.account.id) };
      return { ...register, account, input, viewer: viewerOf(register.tokens.accessToken) };
    },
    logIn: (identifier: string, secret = password) =>
      service.as(null).execute(logInMutation, { input: { identifier, password: secret } }),
    /** The mails to an address whose subject begins so, oldest first; waits for the first. */
    async mailsTo(address: string, subject = '') {
      const found = () => mailsIn(mailDir, `To: ${address}\n`, `\nSubject: ${subject}`);
      await until(async () => (await found()).length > 0, { what: `mail to ${address}` });
      return found();
    },
    /** All mail to an address, once nothing waits any more. */
    async allMailTo(address: string) {
      const waiting = 'SELECT 1 FROM mail WHERE dead_at IS NULL LIMIT 1';
      await until(async () => (await service.db.query(waiting)).rowCount === 0, {
        what: 'an empty mail queue',
      });
      return mailsIn(mailDir, `To: ${address}\n`);
    },
    async stop() {
      await service.stop();
      await rm(mailDir, { recursive: true });
    },
    refresh: (token: string) => service.as(null).execute(refreshMutation, { input: { refreshToken: token } }),
  };
}

async function mailsIn(directory: string, ...having: string[]): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.eml')).sort();
  const mails = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
  return mails.map(unfolded).filter((mail) => having.every((text) => mail.includes(text)));
}

/** Quoted-printable text (RFC 2045) as it was written; these mails are ASCII. */
const unfolded = (mail: string): string =>
  mail
    .replaceAll('=\n', '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The token in a mail's link. */
export const tokenIn = (mail: string | undefined): string =>
  /\?token=([\w-]{43})\n/.exec(mail ?? '')?.[1] ?? '';

/** Whom the gateway would take the bearer of this access token for. */
export function viewerOf(accessToken: string): Viewer {
  const claims = decodeJwt(accessToken);
  return {
    userId: String(claims.sub),
    sessionId: String(claims.sid),
    role: claims.role as Viewer['role'],
    scopes: [],
  };
}
