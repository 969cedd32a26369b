import type { Account } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';

export type AccountRow = Account;
export type NewAccount = Pick<AccountRow, 'id' | 'email' | 'username' | 'passwordHash'>;

export const findAccount = (reader: Reader, id: string): Promise<AccountRow | null> =>
  reader.account.findUnique({ where: { id } });

export const findAccountByEmail = (reader: Reader, email: string): Promise<AccountRow | null> =>
  reader.account.findUnique({ where: { email } });

export const findAccountByUsername = (reader: Reader, username: string): Promise<AccountRow | null> =>
  reader.account.findUnique({ where: { username } });

/** Null when the email or the username is taken; waits for a registration of the same that is under way. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<AccountRow | null> {
  const inserted = await tx.$executeRaw`
    INSERT INTO account (id, email, username, password_hash)
    VALUES (${account.id}::uuid, ${account.email}, ${account.username}, ${account.passwordHash})
    ON CONFLICT DO NOTHING`;
  return inserted === 0 ? null : findAccount(tx, account.id);
}
