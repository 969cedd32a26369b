import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

type Bytes = Uint8Array<ArrayBuffer>;

const algorithm = 'aes-256-gcm';
const ivSize = 12;
const tagSize = 16;

/** Encrypts what the database keeps and must not give away. */
export interface Seal {
  /** AES-256-GCM: iv, ciphertext, tag. It opens under this name alone. */
  close(name: string, bytes: Uint8Array): Bytes;
  /** What `close` encrypted; throws when the secret or the name is another one, or the bytes were changed. */
  open(name: string, sealed: Uint8Array): Bytes;
}

/** A seal with a key of its own for each purpose, however many purposes share the secret. */
export function createSeal(secret: string, purpose: string): Seal {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32));
  return {
    close(name, bytes) {
      const iv = randomBytes(ivSize);
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(name));
      const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
      return new Uint8Array(Buffer.concat([iv, text, cipher.getAuthTag()]));
    },
    open(name, sealed) {
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivSize))
        .setAAD(Buffer.from(name))
        .setAuthTag(sealed.subarray(-tagSize));
      const text = sealed.subarray(ivSize, -tagSize);
      return new Uint8Array(Buffer.concat([decipher.update(text), decipher.final()]));
    },
  };
}
