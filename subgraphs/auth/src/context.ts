import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Seal } from './domain/encryption/sealed-bytes.ts';
import type { RelyingParty } from './domain/passkeys/relying-party.ts';
import type { PasswordHasher } from './domain/passwords/password-hasher.ts';
import type { TokenSettings } from './domain/sessions/access-token.ts';
import type { Keyring } from './domain/signing-keys/keyring.ts';
import type { Throttles } from './domain/throttling/throttles.ts';
import type { Client } from './store/client.ts';
import { createLoaders, type Loaders } from './store/loaders.ts';
import type { Lifetimes } from './store/sessions/sessions.ts';

/** What lives as long as the service. */
export interface AuthParts {
  keyring: Keyring;
  passwords: PasswordHasher;
  throttles: Throttles;
  totpSeal: Seal;
  relyingParty: RelyingParty;
  tokenSettings: TokenSettings;
  lifetimes: Lifetimes;
  /** How long after it was asked for an account is erased. */
  graceSeconds: number;
}

/** What every resolver finds. The loaders serve one request. */
export interface Context extends SubgraphContext<Client>, AuthParts {
  loaders: Loaders;
}

export const createContext =
  (parts: AuthParts) =>
  (base: SubgraphContext<Client>): Context => ({
    ...base,
    ...parts,
    loaders: createLoaders(base.db.prisma),
  });
