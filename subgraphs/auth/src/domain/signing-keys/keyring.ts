import { createPrivateKey, type KeyObject } from 'node:crypto';
import { ConfigError } from '@socialhub/platform/config';
import type { Database } from '@socialhub/platform/database';
import type { Logger } from '@socialhub/platform/log';
import type { JWK } from 'jose';
import type { Client } from '../../store/client.ts';
import { listPublishedKeys, type SigningKeyRow } from '../../store/signing-keys/signing-keys.ts';
import { openJwk } from '../encryption/sealed-jwk.ts';
import { rotateKeys, signingAlgorithm } from './rotate-keys.ts';

// Another instance may have added a key: it is seen here well before it signs.
const reloadMs = 30_000;

export interface SigningKey {
  kid: string;
  key: KeyObject;
}

/** The keys that sign access tokens, which all instances share through the database. */
export interface Keyring {
  /** Does what `rotate` does for the first time; throws ConfigError when SIGNING_KEY_SECRET does not open them. */
  open(db: Database<Client>, log: Logger): Promise<void>;
  /** Makes and retires the keys that are due, on one instance at a time, and reads what there is now. */
  rotate(): Promise<void>;
  /** The key that signs now. */
  signer(): Promise<SigningKey>;
  /** The public keys, as RFC 7517 writes them. */
  publicKeys(): Promise<{ keys: JWK[] }>;
}

/** `signSeconds` is how long each key signs. */
export function createKeyring(secret: string, signSeconds: number): Keyring {
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

  async function rotate({ db, log }: { db: Database<Client>; log: Logger }): Promise<void> {
    const { keys, made, retired } = await db.transaction((tx) => rotateKeys(tx, secret, signSeconds));
    rows = keys;
    readAt = Date.now();
    if (made) log.info({ kid: made }, 'a new signing key is published');
    for (const kid of retired) log.info({ kid }, 'a signing key is retired');
  }

  return {
    async open(db, log) {
      await rotate({ db, log });
      state = { db, log };
      for (const row of rows) openRow(secret, row);
    },
    async rotate() {
      if (!state) throw new Error('the keyring is not open');
      await rotate(state);
    },
    async signer() {
      const keys = await publishedKeys();
      const row = keys.find((key) => key.signsFrom.getTime() <= Date.now()) ?? keys.at(-1);
      if (!row) throw new Error('there is no signing key');
      if (signing?.kid !== row.kid) {
        const key = createPrivateKey({ key: openRow(secret, row), format: 'jwk' });
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

function openRow(secret: string, row: SigningKeyRow): JWK {
  try {
    return openJwk(secret, row.kid, row.sealedJwk);
  } catch {
    throw new ConfigError([
      'SIGNING_KEY_SECRET is not the one that the keys in the database were encrypted with',
    ]);
  }
}
