import type { TwoFactor } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export type TwoFactorRow = TwoFactor;

/** What the codes of an account are checked with; null while two-factor authentication is off. */
export const findTwoFactor = (reader: Reader, accountId: string): Promise<TwoFactorRow | null> =>
  reader.twoFactor.findFirst({ where: { accountId, confirmedAt: { not: null } } });

/** Those of the accounts that have two-factor authentication on, with how many recovery codes are left. */
export const listTwoFactors = async (
  reader: Reader,
  accountIds: readonly string[],
): Promise<{ accountId: string; codesLeft: number }[]> => {
  const factors = await reader.twoFactor.findMany({
    where: { accountId: { in: [...accountIds] }, confirmedAt: { not: null } },
    select: { accountId: true, _count: { select: { codes: true } } },
  });
  return factors.map(({ accountId, _count }) => ({ accountId, codesLeft: _count.codes }));
};

/** A secret that waits to be confirmed, begun `seconds` ago at most. */
export async function findTwoFactorBegun(
  reader: Reader,
  accountId: string,
  seconds: number,
): Promise<Pick<TwoFactorRow, 'accountId' | 'sealedSecret'> | null> {
  const [begun] = await reader.$queryRaw<{ sealedSecret: Bytes }[]>`
    SELECT sealed_secret AS "sealedSecret" FROM two_factor
    WHERE account_id = ${accountId}::uuid AND confirmed_at IS NULL
      AND begun_at > now() - ${seconds}::int * interval '1 second'`;
  return begun ? { accountId, ...begun } : null;
}

/** Begins, or begins anew; false when two-factor authentication is on already. */
export async function insertTwoFactor(tx: Tx, accountId: string, sealedSecret: Bytes): Promise<boolean> {
  const begun = await tx.$executeRaw`
    INSERT INTO two_factor (account_id, sealed_secret) VALUES (${accountId}::uuid, ${sealedSecret})
    ON CONFLICT (account_id) DO UPDATE SET sealed_secret = EXCLUDED.sealed_secret, begun_at = now()
    WHERE two_factor.confirmed_at IS NULL`;
  return begun > 0;
}

/** Puts it in force, with the step whose code confirmed it. False when it is no more the secret that was begun. */
export async function updateTwoFactorConfirmed(
  tx: Tx,
  begun: { accountId: string; sealedSecret: Bytes },
  lastStep: number,
): Promise<boolean> {
  const confirmed = await tx.$executeRaw`
    UPDATE two_factor SET confirmed_at = now(), last_step = ${lastStep}::int
    WHERE account_id = ${begun.accountId}::uuid AND sealed_secret = ${begun.sealedSecret} AND confirmed_at IS NULL`;
  return confirmed > 0;
}

/** Uses a step's code up, and those of the steps before; false when it is used up. Of those who try at once one gets it. */
export async function updateTwoFactorStep(reader: Reader, accountId: string, step: number): Promise<boolean> {
  const used = await reader.$executeRaw`
    UPDATE two_factor SET last_step = ${step}::int
    WHERE account_id = ${accountId}::uuid AND confirmed_at IS NOT NULL AND last_step < ${step}::int`;
  return used > 0;
}

/** Gives the account these recovery codes in place of those that it has. */
export async function updateRecoveryCodes(
  tx: Tx,
  accountId: string,
  codes: { salt: Bytes; hashes: readonly Bytes[] },
): Promise<void> {
  await tx.twoFactor.update({ where: { accountId }, data: { recoverySalt: codes.salt } });
  await tx.recoveryCode.deleteMany({ where: { accountId } });
  await tx.recoveryCode.createMany({ data: codes.hashes.map((hash) => ({ accountId, hash })) });
}

/** Uses a recovery code up; false when there is none such. Of those who try at once one gets it. */
export async function deleteRecoveryCode(tx: Tx, accountId: string, hash: Bytes): Promise<boolean> {
  const { count } = await tx.recoveryCode.deleteMany({ where: { accountId, hash } });
  return count > 0;
}

/** With its recovery codes. */
export async function deleteTwoFactor(tx: Tx, accountId: string): Promise<boolean> {
  const { count } = await tx.twoFactor.deleteMany({ where: { accountId, confirmedAt: { not: null } } });
  return count > 0;
}
