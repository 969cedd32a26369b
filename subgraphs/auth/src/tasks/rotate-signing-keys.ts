import type { Database } from '@socialhub/platform/database/database';
import { settledWithin } from '@socialhub/platform/deadline';
import type { Logger } from '@socialhub/platform/log';
import { pause } from '@socialhub/platform/retry';
import type { Keyring, StoredKeys } from '../domain/signing-keys/keyring.ts';
import { rotateKeys } from '../domain/signing-keys/rotate-keys.ts';
import type { Client } from '../store/client.ts';
import { listPublishedKeys } from '../store/signing-keys/signing-keys.ts';

// Often enough that a key is published well before it signs; spread, since all instances do it.
const everyMs = 300_000;

/** The signing keys of a database; `signSeconds` is how long each signs. */
export const storedKeys = (db: Database<Client>, secret: string, signSeconds: number): StoredKeys => ({
  read: () => listPublishedKeys(db.prisma),
  rotate: () => db.transaction((tx) => rotateKeys(tx, secret, signSeconds)),
});

/** Rotates the signing keys when they are due, for as long as the service runs. Gives what stops it. */
export function startRotation(keyring: Keyring, log: Logger): () => Promise<void> {
  const stopping = new AbortController();
  const running = (async () => {
    while (await pause(everyMs * (0.5 + Math.random()), stopping.signal)) {
      await keyring.rotate().catch((error: unknown) => {
        log.warn({ err: error }, 'the signing keys could not be rotated; it is tried again');
      });
    }
  })();
  return async () => {
    stopping.abort();
    await settledWithin(running, 5_000);
  };
}
