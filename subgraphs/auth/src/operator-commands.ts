import { createDatabase } from '@socialhub/platform/database/database';
import { createLogger } from '@socialhub/platform/log';
import { grantRole } from './domain/moderation/set-role.ts';
import { dropTwoFactor } from './domain/two-factor/drop-two-factor.ts';
import { createClient, type Tx } from './store/client.ts';

/*
 * What is done on the authority of whoever can reach the database. It stands apart from the service: a command that
 * does one thing does not load all of that first.
 */

/** Makes somebody an admin, or a member again: there may be no admin yet. Throws NOT_FOUND. */
export const grantRoleAt = (databaseUrl: string, username: string, role: 'ADMIN' | 'MEMBER'): Promise<void> =>
  operate(databaseUrl, (tx) => grantRole(tx, username, role));

/** Turns somebody's two-factor authentication off. Throws NOT_FOUND when it is off. */
export const dropTwoFactorAt = (databaseUrl: string, username: string): Promise<void> =>
  operate(databaseUrl, (tx) => dropTwoFactor(tx, username));

async function operate(databaseUrl: string, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  const log = createLogger({ service: 'auth', level: 'warn' });
  const db = createDatabase(databaseUrl, createClient, log);
  try {
    await db.transaction(work);
  } finally {
    await db.close();
  }
}
