import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { JWK } from 'jose';

const algorithm = 'aes-256-gcm';
const ivSize = 12;
const tagSize = 16;

const keyFrom = (secret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', 'socialhub signing keys', 32));

/** Encrypts a private key (AES-256-GCM: iv, ciphertext, tag). It opens only as the key `kid`. */
export function sealJwk(secret: string, kid: string, jwk: JWK): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(ivSize);
  const cipher = createCipheriv(algorithm, keyFrom(secret), iv).setAAD(Buffer.from(kid));
  const text = Buffer.concat([cipher.update(JSON.stringify(jwk)), cipher.final()]);
  return new Uint8Array(Buffer.concat([iv, text, cipher.getAuthTag()]));
}

/** What `sealJwk` encrypted; throws when the secret is another one or the bytes were changed. */
export function openJwk(secret: string, kid: string, sealed: Uint8Array): JWK {
  const iv = sealed.subarray(0, ivSize);
  const text = sealed.subarray(ivSize, -tagSize);
  const decipher = createDecipheriv(algorithm, keyFrom(secret), iv)
    .setAAD(Buffer.from(kid))
    .setAuthTag(sealed.subarray(-tagSize));
  return JSON.parse(Buffer.concat([decipher.update(text), decipher.final()]).toString()) as JWK;
}
