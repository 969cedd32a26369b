import type { SigningKey } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

export type SigningKeyRow = SigningKey;

// Any number will do that nothing else in this database locks.
const lockKey = 4_201_001;

/** Makes whoever else is about to create or retire a key wait until this transaction ends. */
export async function lockSigningKeys(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lockKey})`;
}

/** Those that verifiers need, the latest to sign first. */
export const listPublishedKeys = (reader: Reader): Promise<SigningKeyRow[]> =>
  reader.signingKey.findMany({
    where: { retiredAt: null },
    orderBy: [{ signsFrom: 'desc' }, { kid: 'asc' }],
  });

/** A key that signs from `signsInSeconds` on. */
export async function insertSigningKey(
  tx: Tx,
  key: { kid: string; publicJwk: Record<string, string>; sealedJwk: Uint8Array<ArrayBuffer> },
  signsInSeconds: number,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO signing_key (kid, public_jwk, sealed_jwk, signs_from)
    VALUES (${key.kid}, ${JSON.stringify(key.publicJwk)}::jsonb, ${key.sealedJwk},
      now() + ${signsInSeconds}::int * interval '1 second')`;
}

/** Whether there is no key that will be the one to sign `aheadSeconds` from now and has done so for less than `seconds` then. */
export async function isSigningKeyDue(
  reader: Reader,
  seconds: number,
  aheadSeconds: number,
): Promise<boolean> {
  const [young] = await reader.$queryRaw<unknown[]>`
    SELECT 1 FROM signing_key
    WHERE retired_at IS NULL AND signs_from > now() + (${aheadSeconds}::int - ${seconds}::int) * interval '1 second'
    LIMIT 1`;
  return young === undefined;
}

/** Retires the keys that another took over from `seconds` ago or more, and forgets their private halves. Gives their names. */
export async function updateSigningKeysRetired(tx: Tx, seconds: number): Promise<string[]> {
  const retired = await tx.$queryRaw<{ kid: string }[]>`
    UPDATE signing_key AS old SET retired_at = now(), sealed_jwk = ''
    WHERE old.retired_at IS NULL AND EXISTS (
      SELECT FROM signing_key AS next
      WHERE next.retired_at IS NULL AND next.signs_from > old.signs_from
        AND next.signs_from <= now() - ${seconds}::int * interval '1 second')
    RETURNING old.kid`;
  return retired.map((key) => key.kid);
}
