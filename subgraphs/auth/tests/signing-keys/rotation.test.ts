import { createDatabase, type Database } from '@socialhub/platform/database/database';
import { createLogger } from '@socialhub/platform/log';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { signAccessToken } from '../../src/domain/sessions/access-token.ts';
import { type Keyring, openKeyring } from '../../src/domain/signing-keys/keyring.ts';
import { type Client, createClient } from '../../src/store/client.ts';
import { storedKeys } from '../../src/tasks/rotate-signing-keys.ts';
import { startAuth } from '../auth.ts';

const day = 86_400;
const minute = 60;
const log = createLogger({ service: 'auth', level: 'silent' });

let auth: Awaited<ReturnType<typeof startAuth>>;
let db: Database<Client>;
beforeAll(async () => {
  auth = await startAuth();
  db = createDatabase(auth.config.DATABASE_URL, createClient, log);
});
afterAll(async () => {
  await db.close();
  await auth.stop();
});
beforeEach(async () => {
  await auth.db.query('DELETE FROM signing_key');
});

/** Another instance of the service, as far as keys go. */
const open = (): Promise<Keyring> =>
  openKeyring(storedKeys(db, auth.config.SIGNING_KEY_SECRET, 30 * day), auth.config.SIGNING_KEY_SECRET, log);
/** As if so much time had passed. */
const pass = (seconds: number) =>
  auth.db.query("UPDATE signing_key SET signs_from = signs_from - $1 * interval '1 second'", [seconds]);
const published = async (keyring: Keyring) => (await keyring.publicKeys()).keys.map((key) => key.kid);
const signs = async (keyring: Keyring) => (await keyring.signer()).kid;

async function tokenOf(keyring: Keyring) {
  const settings = { issuer: 'socialhub', audience: 'socialhub', accessSeconds: 900 };
  const subject = { accountId: 'a', sessionId: 's', role: 'MEMBER' as const };
  return (await signAccessToken(keyring, settings, subject)).accessToken;
}
const verify = async (keyring: Keyring, token: string) =>
  jwtVerify(token, createLocalJWKSet((await keyring.publicKeys()) as JSONWebKeySet));

it('publishes a key, signs with it, and retires the one before, in this order', async () => {
  const keyring = await open();
  const first = await signs(keyring);
  await pass(29 * day);
  await keyring.rotate();
  expect(await published(keyring)).toEqual([first]);

  await pass(day - 14 * minute);
  await keyring.rotate();
  const [second, ...others] = await published(keyring);
  expect(others).toEqual([first]);
  expect(await signs(keyring)).toBe(first);
  const token = await tokenOf(keyring);

  await pass(16 * minute);
  await keyring.rotate();
  expect(await signs(keyring)).toBe(second);
  expect(await published(keyring)).toEqual([second, first]);
  await verify(keyring, token);
  await verify(keyring, await tokenOf(keyring));

  await pass(18 * minute);
  await keyring.rotate();
  expect(await published(keyring)).toEqual([second]);
  await expect(verify(keyring, token)).rejects.toThrow();
  const { rows } = await auth.db.query('SELECT length(sealed_jwk) AS bytes FROM signing_key WHERE kid = $1', [
    first,
  ]);
  expect(rows).toEqual([{ bytes: 0 }]);
});

it('has another key at once when somebody deletes the one that signs, at all instances the same', async () => {
  const keyrings = await Promise.all([open(), open()]);
  const stolen = await Promise.all(keyrings.map(signs));
  await auth.db.query('DELETE FROM signing_key WHERE signs_from <= now()');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
  try {
    const [here, there] = await Promise.all(keyrings.map(signs));
    expect(stolen).not.toContain(here);
    expect(there).toBe(here);
  } finally {
    vi.useRealTimers();
  }
});

it('makes one key however many instances find that it is due', async () => {
  const keyrings = await Promise.all([open(), open(), open()]);
  await pass(30 * day);
  await Promise.all(keyrings.map((keyring) => keyring.rotate()));
  const lists = await Promise.all(keyrings.map(published));
  expect(lists[0]).toHaveLength(2);
  expect(lists[1]).toEqual(lists[0]);
  expect(lists[2]).toEqual(lists[0]);
});

it('goes on signing with the key that it has while the next one is due', async () => {
  const keyring = await open();
  const token = await tokenOf(keyring);
  await pass(400 * day);
  const after = await open();
  expect(await signs(after)).toBe(await signs(keyring));
  await verify(after, token);
});

it('starts with a retired key, which nobody can open, in the table', async () => {
  const keyring = await open();
  await pass(31 * day);
  await keyring.rotate();
  await pass(60 * minute);
  await keyring.rotate();
  expect(await published(await open())).toHaveLength(1);
});
