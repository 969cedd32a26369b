import { type Handler, sendJson } from '@socialhub/platform/http';
import type { Service } from '@socialhub/platform/service';
import { createSubgraph, type ServiceOverrides } from '@socialhub/platform/subgraph';
import type { AuthConfig } from './config.ts';
import { type AuthParts, createContext } from './context.ts';
import { createKeyring, type Keyring } from './domain/keyring.ts';
import { createPasswordHasher } from './domain/password-hasher.ts';
import { startSessionPurge } from './domain/purge-sessions.ts';
import { resolvers } from './resolvers/index.ts';
import { createClient } from './store/client.ts';

export { readConfig } from './config.ts';

/** The auth service: accounts, sessions, and the keys by which everyone else knows who is who. */
export function createAuthService(config: AuthConfig, overrides?: ServiceOverrides): Service {
  const parts = createParts(config);
  return createSubgraph(
    {
      name: 'auth',
      config,
      schema: new URL('../schema.graphql', import.meta.url),
      resolvers,
      createClient,
      context: createContext(parts),
      consumers: [],
      routes: { 'GET /.well-known/jwks.json': serveKeys(parts.keyring) },
      async start({ db, log }) {
        await parts.keyring.open(db, log);
        return startSessionPurge(db, log, parts.lifetimes.idleSeconds);
      },
    },
    overrides,
  );
}

const daySeconds = 86_400;

const createParts = (config: AuthConfig): AuthParts => ({
  keyring: createKeyring(config.SIGNING_KEY_SECRET),
  passwords: createPasswordHasher(config.PASSWORD_HASHES_AT_ONCE),
  tokenSettings: {
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    accessSeconds: config.ACCESS_TOKEN_SECONDS,
  },
  lifetimes: {
    idleSeconds: config.SESSION_IDLE_DAYS * daySeconds,
    maxSeconds: config.SESSION_MAX_DAYS * daySeconds,
  },
});

const serveKeys =
  (keyring: Keyring): Handler =>
  async (_request, response) =>
    sendJson(response, 200, await keyring.publicKeys(), { 'cache-control': 'public, max-age=300' });
