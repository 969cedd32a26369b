import { createPrivateKey, type KeyObject } from 'node:crypto';
import { ConfigError } from '@socialhub/platform/config';
import type { Logger } from '@socialhub/platform/log';
import type { JWK } from 'jose';
import type { SigningKeyRow } from '../../store/signing-keys/signing-keys.ts';
import { openJwk } from '../encryption/sealed-jwk.ts';
import { type Rotated, signingAlgorithm } from './rotate-keys.ts';

// Another instance may have added a key: it is seen here well before it signs.
const reloadMs = 30_000;

export interface SigningKey {
  kid: string;
  key: KeyObject;
}

/** The keys that sign access tokens, which all instances share through the database. */
export interface Keyring {
  /** Makes and retires the keys that are due, on one instance at a time, and reads what there is then. */
  rotate(): Promise<void>;
  /** The key that signs now. */
  signer(): Promise<SigningKey>;
  /** The public keys, as RFC 7517 writes them. */
  publicKeys(): Promise<{ keys: JWK[] }>;
}

/** The keys in the database. */
export interface StoredKeys {
  /** Those that are published. */
  read(): Promise<SigningKeyRow[]>;
  /** Makes and retires those that are due. */
  rotate(): Promise<Rotated>;
}

/** Opens the keyring, once the keys that are due are made. Throws ConfigError when SIGNING_KEY_SECRET does not open them. */
export async function openKeyring(keys: StoredKeys, secret: string, log: Logger): Promise<Keyring> {
  let rows = await rotated();
  let readAt = Date.now();
  for (const row of rows) openRow(secret, row);
  let signing: SigningKey | undefined;

  async function rotated(): Promise<SigningKeyRow[]> {
    const { keys: present, made, retired } = await keys.rotate();
    if (made) log.info({ kid: made }, 'a new signing key is published');
    for (const kid of retired) log.info({ kid }, 'a signing key is retired');
    return present;
  }

  async function publishedKeys(): Promise<SigningKeyRow[]> {
    if (Date.now() - readAt < reloadMs) return rows;
    readAt = Date.now();
    try {
      rows = await keys.read();
      // An operator takes a stolen key away by deleting it: the next one signs at once.
      if (rows.length === 0) rows = await rotated();
    } catch (error) {
      // The keys in hand are good for longer than a database is away.
      log.warn({ err: error }, 'the signing keys could not be read again');
    }
    return rows;
  }

  return {
    async rotate() {
      rows = await rotated();
      readAt = Date.now();
    },
    async signer() {
      const present = await publishedKeys();
      const row = present.find((key) => key.signsFrom.getTime() <= Date.now()) ?? present.at(-1);
      if (!row) throw new Error('there is no signing key');
      if (signing?.kid !== row.kid) {
        const key = createPrivateKey({ key: openRow(secret, row), format: 'jwk' });
        signing = { kid: row.kid, key };
      }
      return signing;
    },
    async publicKeys() {
      const present = await publishedKeys();
      return {
        keys: present.map((row) => ({
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
