import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Tx } from '../../store/client.ts';
import {
  insertSigningKey,
  isSigningKeyDue,
  listPublishedKeys,
  lockSigningKeys,
  type SigningKeyRow,
  updateSigningKeysRetired,
} from '../../store/signing-keys/signing-keys.ts';
import { sealJwk } from '../encryption/sealed-jwk.ts';

/** The algorithm of all keys; verifiers accept no other. */
export const signingAlgorithm = 'EdDSA';

/** How long verifiers may keep the published keys. */
export const keysMaxAgeSeconds = 300;

/** A key is published so long before it signs: three times as long as a verifier may keep an older list. */
const publishSeconds = 3 * keysMaxAgeSeconds;

/** The longest that an access token lives (config.ts), and two minutes for clocks that differ and instances that lag. */
const verifySeconds = 900 + 120;

/** What there is after a rotation, and what it did. */
export interface Rotated {
  keys: SigningKeyRow[];
  made: string | null;
  retired: string[];
}

/**
 * Publishes a key when the one that signs is about to have done so for `signSeconds`, and retires those whose last token
 * has expired. One instance does it while the others wait, and then find it done.
 */
export async function rotateKeys(tx: Tx, secret: string, signSeconds: number): Promise<Rotated> {
  await lockSigningKeys(tx);
  const retired = await updateSigningKeysRetired(tx, verifySeconds);
  const isDue = await isSigningKeyDue(tx, signSeconds, publishSeconds);
  const present = await listPublishedKeys(tx);
  if (!isDue) return { keys: present, made: null, retired };
  // Nothing was signed before the first key: no verifier has to know it first.
  const made = await makeKey(tx, secret, present.length === 0 ? 0 : publishSeconds);
  return { keys: await listPublishedKeys(tx), made, retired };
}

async function makeKey(tx: Tx, secret: string, signsInSeconds: number): Promise<string> {
  const pair = await generateKeyPair(signingAlgorithm, { crv: 'Ed25519', extractable: true });
  const { kty, crv, x } = await exportJWK(pair.publicKey);
  const publicJwk = { kty: String(kty), crv: String(crv), x: String(x) };
  const kid = await calculateJwkThumbprint(publicJwk as JWK);
  const sealedJwk = sealJwk(secret, kid, await exportJWK(pair.privateKey));
  await insertSigningKey(tx, { kid, publicJwk, sealedJwk }, signsInSeconds);
  return kid;
}
