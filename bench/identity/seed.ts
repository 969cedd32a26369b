import { createHash, randomBytes } from 'node:crypto';
import { uuidv7 } from '@socialhub/platform/ids';
import type { Pool } from 'pg';

export interface SeededAccount {
  id: string;
  username: string;
  email: string;
}

let seeded = 0;

/** Accounts that all have the password of this hash. */
export async function seedAccounts(db: Pool, count: number, passwordHash: string): Promise<SeededAccount[]> {
  const accounts = Array.from({ length: count }, () => {
    seeded += 1;
    return { id: uuidv7(), username: `bench_${seeded}`, email: `bench${seeded}@example.com` };
  });
  await db.query(
    `INSERT INTO account (id, username, email, password_hash)
     SELECT id, username, email, $2 FROM jsonb_to_recordset($1) AS a(id uuid, username text, email text)`,
    [JSON.stringify(accounts), passwordHash],
  );
  return accounts;
}

/** A session of each account; gives the refresh tokens. */
export async function seedSessions(db: Pool, accounts: readonly SeededAccount[]): Promise<string[]> {
  const sessions = accounts.map(({ id }) => {
    const token = randomBytes(32);
    const hash = createHash('sha256').update(token).digest('hex');
    return { id: uuidv7(), accountId: id, hash, token: token.toString('base64url') };
  });
  await db.query(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1) AS s(id uuid, "accountId" uuid, hash text)
     ), opened AS (
       INSERT INTO session (id, account_id, expires_at, ends_by)
       SELECT id, "accountId", now() + interval '30 days', now() + interval '180 days' FROM given
       RETURNING id)
     INSERT INTO refresh_token (hash, session_id)
     SELECT decode(given.hash, 'hex'), opened.id FROM given JOIN opened USING (id)`,
    [JSON.stringify(sessions)],
  );
  return sessions.map(({ token }) => token);
}
