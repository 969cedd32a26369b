import { ConfigError } from '@socialhub/platform/config';
import type { Database } from '@socialhub/platform/database';
import type { Logger } from '@socialhub/platform/log';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Client, Tx } from '../store/client.ts';
import {
  insertSigningKey,
  listPublishedKeys,
  lockSigningKeys,
  type SigningKeyRow,
} from '../store/signing-keys.ts';
import { openJwk, sealJwk } from './sealed-jwk.ts';

/** The algorithm of all keys; verifiers accept no other. */
export const signingAlgorithm = 'EdDSA';

// Another instance may have added a key: it is seen here well before it signs.
const reloadMs = 30_000;

export interface SigningKey {
  kid: string;
  key: Awaited<ReturnType<typeof importJWK>>;
}

/** The keys that sign access tokens, which all instances share through the database. */
export interface Keyring {
  /** Reads the keys and makes the first one; throws ConfigError when SIGNING_KEY_SECRET does not open them. */
  open(db: Database<Client>, log: Logger): Promise<void>;
  /** The key that signs now. */
  signer(): Promise<SigningKey>;
  /** The public keys, as RFC 7517 writes them. */
  publicKeys(): Promise<{ keys: JWK[] }>;
}

export function createKeyring(secret: string): Keyring {
  let state: { db: Database<Client>; log: Logger } | undefined;
  let rows: SigningKeyRow[] = [];
  let readAt = 0;
  let signing: SigningKey | undefined;

  async function publishedKeys(): Promise<SigningKeyRow[]> {
    if (!state) throw new Error('the keyring is not open');
    if (Date.now() - readAt < reloadMs) return rows;
    readAt = Date.now();
    try {
      rows = await listPublishedKeys(state.db.prisma);
    } catch (error) {
      // The keys in hand are good for longer than a database is away.
      state.log.warn({ err: error }, 'the signing keys could not be read again');
    }
    return rows;
  }

  return {
    async open(db, log) {
      rows = await db.transaction((tx) => readOrCreate(tx, secret));
      readAt = Date.now();
      state = { db, log };
      for (const row of rows) openRow(secret, row);
    },
    async signer() {
      const keys = await publishedKeys();
      const row = keys.find((key) => key.signsFrom.getTime() <= Date.now()) ?? keys.at(-1);
      if (!row) throw new Error('there is no signing key');
      if (signing?.kid !== row.kid) {
        const key = await importJWK(openRow(secret, row), signingAlgorithm);
        signing = { kid: row.kid, key };
      }
      return signing;
    },
    async publicKeys() {
      const keys = await publishedKeys();
      return {
        keys: keys.map((row) => ({
          ...(row.publicJwk as JWK),
          kid: row.kid,
          use: 'sig',
          alg: signingAlgorithm,
        })),
      };
    },
  };
}

/** One instance makes the first key while the others wait for it. */
async function readOrCreate(tx: Tx, secret: string): Promise<SigningKeyRow[]> {
  await lockSigningKeys(tx);
  const present = await listPublishedKeys(tx);
  if (present.length > 0) return present;
  const pair = await generateKeyPair(signingAlgorithm, { crv: 'Ed25519', extractable: true });
  const { kty, crv, x } = await exportJWK(pair.publicKey);
  const publicJwk = { kty: String(kty), crv: String(crv), x: String(x) };
  const kid = await calculateJwkThumbprint(publicJwk as JWK);
  await insertSigningKey(tx, {
    kid,
    publicJwk,
    sealedJwk: sealJwk(secret, kid, await exportJWK(pair.privateKey)),
  });
  return listPublishedKeys(tx);
}

function openRow(secret: string, row: SigningKeyRow): JWK {
  try {
    return openJwk(secret, row.kid, row.sealedJwk);
  } catch {
    throw new ConfigError([
      'SIGNING_KEY_SECRET is not the one that the keys in the database were encrypted with',
    ]);
  }
}
