import type { Passkey } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

export type PasskeyRow = Passkey;

/** The oldest first; no account has more than it may. */
export const listPasskeys = (reader: Reader, accountIds: readonly string[]): Promise<PasskeyRow[]> =>
  reader.passkey.findMany({
    where: { accountId: { in: [...accountIds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    // An account is only ever read by its owner: there is one id.
    take: 100,
  });

export const countPasskeys = (reader: Reader, accountId: string): Promise<number> =>
  reader.passkey.count({ where: { accountId } });

/** By the name that its authenticator gave it. */
export const findPasskeyByCredential = (reader: Reader, credentialId: string): Promise<PasskeyRow | null> =>
  reader.passkey.findUnique({ where: { credentialId } });

/** Null when somebody has this credential already. */
export async function insertPasskey(
  tx: Tx,
  passkey: Omit<PasskeyRow, 'createdAt' | 'lastUsedAt' | 'publicKey'> & {
    publicKey: Uint8Array<ArrayBuffer>;
  },
): Promise<PasskeyRow | null> {
  const [inserted] = await tx.passkey.createManyAndReturn({ data: [passkey], skipDuplicates: true });
  return inserted ?? null;
}

/** Null when the account has no such passkey. */
export async function updatePasskeyName(
  tx: Tx,
  passkey: { id: string; accountId: string },
  name: string,
): Promise<PasskeyRow | null> {
  const [renamed] = await tx.passkey.updateManyAndReturn({ where: passkey, data: { name } });
  return renamed ?? null;
}

/**
 * Notes a use. False when the passkey is gone, or its counter has not moved on: then somebody has a copy. Many
 * authenticators count nothing and always say 0.
 */
export async function updatePasskeyUsed(
  tx: Tx,
  id: string,
  use: { counter: number; backedUp: boolean },
): Promise<boolean> {
  const used = await tx.$executeRaw`
    UPDATE passkey SET counter = ${use.counter}::bigint, backed_up = ${use.backedUp}, last_used_at = now()
    WHERE id = ${id}::uuid
      AND (counter < ${use.counter}::bigint OR (counter = 0 AND ${use.counter}::bigint = 0))`;
  return used > 0;
}

/** False when the account has no such passkey. */
export async function deletePasskey(tx: Tx, passkey: { id: string; accountId: string }): Promise<boolean> {
  const { count } = await tx.passkey.deleteMany({ where: passkey });
  return count > 0;
}

/** All of an account's. */
export async function deletePasskeysOf(tx: Tx, accountId: string): Promise<void> {
  await tx.passkey.deleteMany({ where: { accountId } });
}
