import type { JWK } from 'jose';
import { createSeal } from './sealed-bytes.ts';

const sealOf = (secret: string) => createSeal(secret, 'socialhub signing keys');

/** Encrypts a private key. It opens only as the key `kid`. */
export const sealJwk = (secret: string, kid: string, jwk: JWK): Uint8Array<ArrayBuffer> =>
  sealOf(secret).close(kid, Buffer.from(JSON.stringify(jwk)));

/** What `sealJwk` encrypted; throws when the secret is another one or the bytes were changed. */
export const openJwk = (secret: string, kid: string, sealed: Uint8Array): JWK =>
  JSON.parse(Buffer.from(sealOf(secret).open(kid, sealed)).toString()) as JWK;
