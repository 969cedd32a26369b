import type { Pool } from 'pg';
import type { Account } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

export type AccountRow = Account;
export type Role = AccountRow['role'];
export type NewAccount = Pick<AccountRow, 'id' | 'email' | 'username' | 'passwordHash'>;

export const findAccount = (reader: Reader, id: string): Promise<AccountRow | null> =>
  reader.account.findUnique({ where: { id } });

export const listAccounts = (reader: Reader, ids: readonly string[]): Promise<AccountRow[]> =>
  reader.account.findMany({ where: { id: { in: [...ids] } } });

export const findAccountByEmail = (reader: Reader, email: string): Promise<AccountRow | null> =>
  reader.account.findUnique({ where: { email } });

export const findAccountByUsername = (reader: Reader, username: string): Promise<AccountRow | null> =>
  reader.account.findUnique({ where: { username } });

const accountRow = `
  id, email, username, password_hash AS "passwordHash", password_version AS "passwordVersion", role,
  email_verified_at AS "emailVerifiedAt", created_at AS "createdAt", suspended_at AS "suspendedAt",
  suspended_reason AS "suspendedReason", deactivated_at AS "deactivatedAt", delete_after AS "deleteAfter",
  deleted_at AS "deletedAt"`;
const toSignIn = {
  email: { name: 'account_by_email', text: `SELECT ${accountRow} FROM account WHERE email = $1` },
  username: { name: 'account_by_username', text: `SELECT ${accountRow} FROM account WHERE username = $1` },
};

/** By one name or the other, in a time that hardly tells whether there is one. */
export async function findAccountToSignIn(
  pool: Pool,
  by: keyof typeof toSignIn,
  name: string,
): Promise<AccountRow | null> {
  const { rows } = await pool.query<AccountRow>({ ...toSignIn[by], values: [name] });
  return rows[0] ?? null;
}

/** The account as it is now, which no transaction changes before this one ends. */
export async function findAccountForShare(tx: Tx, id: string): Promise<AccountRow | null> {
  await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${id}::uuid FOR SHARE`;
  return findAccount(tx, id);
}

/** Sets a new password, unless a version is given and it has been changed since that was read: then null. */
export async function updatePassword(
  tx: Tx,
  account: { id: string; passwordVersion?: number },
  passwordHash: string,
): Promise<AccountRow | null> {
  const { id, passwordVersion } = account;
  const { count } = await tx.account.updateMany({
    where: { id, ...(passwordVersion !== undefined && { passwordVersion }) },
    data: { passwordHash, passwordVersion: { increment: 1 } },
  });
  return count === 0 ? null : findAccount(tx, id);
}

/** Notes that the address is the owner's. False when the account is gone or has another address now. */
export async function updateEmailVerified(tx: Tx, id: string, email: string): Promise<boolean> {
  const updated = await tx.$executeRaw`
    UPDATE account SET email_verified_at = coalesce(email_verified_at, now())
    WHERE id = ${id}::uuid AND email = ${email}`;
  return updated > 0;
}

/** A new address, which its owner has just confirmed. Throws when another account has it. */
export const updateEmail = (tx: Tx, id: string, email: string): Promise<AccountRow> =>
  tx.account.update({ where: { id }, data: { email, emailVerifiedAt: new Date() } });

/** The same password under a better hash, unless the hash has changed since it was read. */
export async function updatePasswordHash(
  reader: Reader,
  account: Pick<AccountRow, 'id' | 'passwordHash'>,
  passwordHash: string,
): Promise<void> {
  await reader.account.updateMany({ where: { ...account }, data: { passwordHash } });
}

// Any number will do that nothing else in this database locks.
const rolesLock = 4_201_002;

/** Makes whoever else is about to set a role wait until this transaction ends. */
export async function lockRoles(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${rolesLock})`;
}

/** The account as it is now, for a transaction that is about to change it. */
export async function findAccountForUpdate(tx: Tx, id: string): Promise<AccountRow | null> {
  await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return findAccount(tx, id);
}

export const updateRole = (tx: Tx, id: string, role: Role): Promise<AccountRow> =>
  tx.account.update({ where: { id }, data: { role } });

/** Suspends for a reason, or with null reinstates. */
export const updateSuspension = (tx: Tx, id: string, reason: string | null): Promise<AccountRow> =>
  tx.account.update({
    where: { id },
    data: { suspendedAt: reason === null ? null : new Date(), suspendedReason: reason },
  });

/** Hides it, without an end or until it is erased after so many seconds. */
export async function updateAway(tx: Tx, id: string, graceSeconds: number | null): Promise<AccountRow> {
  await tx.$executeRaw`
    UPDATE account SET deactivated_at = coalesce(deactivated_at, now()),
      delete_after = now() + ${graceSeconds}::int * interval '1 second'
    WHERE id = ${id}::uuid`;
  return tx.account.findUniqueOrThrow({ where: { id } });
}

/** The account is back; nothing is erased. */
export const updateBack = (tx: Tx, id: string): Promise<AccountRow> =>
  tx.account.update({ where: { id }, data: { deactivatedAt: null, deleteAfter: null } });

/** From here on there is no way back. False when the owner came back first, or somebody else has begun. */
export async function updateDeleted(tx: Tx, id: string): Promise<boolean> {
  const begun = await tx.$executeRaw`
    UPDATE account SET deleted_at = now()
    WHERE id = ${id}::uuid AND delete_after <= now() AND deleted_at IS NULL`;
  return begun > 0;
}

export async function deleteAccountRow(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.account.deleteMany({ where: { id } });
  return count > 0;
}

/** Null when the email or the username is taken; waits for a registration of the same that is under way. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<AccountRow | null> {
  const inserted = await tx.$executeRaw`
    INSERT INTO account (id, email, username, password_hash)
    VALUES (${account.id}::uuid, ${account.email}, ${account.username}, ${account.passwordHash})
    ON CONFLICT DO NOTHING`;
  return inserted === 0 ? null : findAccount(tx, account.id);
}

/** The names of moderators and admins, a thousand at most. */
export async function listStaffUsernames(reader: Reader): Promise<string[]> {
  const staff = await reader.account.findMany({
    where: { role: { in: ['MODERATOR', 'ADMIN'] } },
    select: { username: true },
    orderBy: [{ role: 'asc' }, { id: 'asc' }],
    take: 1_000,
  });
  return staff.map((account) => account.username);
}
