import type { SigningKey } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';

export type SigningKeyRow = SigningKey;

// Any number will do that nothing else in this database locks.
const lockKey = 4_201_001;

/** Makes whoever else is about to create a key wait until this transaction ends. */
export async function lockSigningKeys(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lockKey})`;
}

/** Those that verifiers need, the latest to sign first. */
export const listPublishedKeys = (reader: Reader): Promise<SigningKeyRow[]> =>
  reader.signingKey.findMany({
    where: { retiredAt: null },
    orderBy: [{ signsFrom: 'desc' }, { kid: 'asc' }],
  });

export async function insertSigningKey(
  tx: Tx,
  key: { kid: string; publicJwk: Record<string, string>; sealedJwk: Uint8Array<ArrayBuffer> },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO signing_key (kid, public_jwk, sealed_jwk, signs_from)
    VALUES (${key.kid}, ${JSON.stringify(key.publicJwk)}::jsonb, ${key.sealedJwk}, now())`;
}
