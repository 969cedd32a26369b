import type { Tx } from './client.ts';

/** Erases at most `limit` of an account's sessions, with their tokens; gives how many. */
export const eraseSessions = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM session WHERE id IN (SELECT id FROM session WHERE account_id = ${userId}::uuid LIMIT ${limit})`;

/** Erases at most `limit` mails to or about an account that were not sent; gives how many. */
export const eraseMails = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM mail WHERE id IN (
      SELECT * FROM (
        (SELECT id FROM mail WHERE account_id = ${userId}::uuid LIMIT ${limit})
        UNION ALL
        (SELECT id FROM mail WHERE recipient = (SELECT email FROM account WHERE id = ${userId}::uuid) LIMIT ${limit})
      ) AS theirs LIMIT ${limit})`;
