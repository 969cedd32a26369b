import { createDatabase } from '@socialhub/platform/database/database';
import { CodedError } from '@socialhub/platform/errors';
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

/** What each verb does to somebody, and what is said of it when it is done, or when there is nobody to do it to. */
const verbs: Record<
  string,
  { run: (databaseUrl: string, username: string) => Promise<void>; done: string; nobody: string }
> = {
  grant: {
    run: (url, username) => grantRoleAt(url, username, 'ADMIN'),
    done: 'is an admin, from the next refresh of their tokens or sign-in on.',
    nobody: 'Nobody has the username',
  },
  revoke: {
    run: (url, username) => grantRoleAt(url, username, 'MEMBER'),
    done: 'is a member; their sessions have ended.',
    nobody: 'Nobody has the username',
  },
  'drop-two-factor': {
    run: dropTwoFactorAt,
    done: 'signs in with the password alone until they turn two-factor authentication on again.',
    nobody: 'Nobody has two-factor authentication on with the username',
  },
};

/** Does what a command line says, `grant ada`, and gives the sentence to answer; throws one. `command` is how it was called. */
export async function administer(
  [word = '', username, ...rest]: readonly string[],
  databaseUrl: () => string,
  command: string,
): Promise<string> {
  const verb = verbs[word];
  if (!verb || !username || rest.length > 0) {
    const ways = Object.keys(verbs).map((name) => `${command} ${name} <username>`);
    throw new Error(`Usage: ${ways.join('\n       ')}`);
  }
  try {
    await verb.run(databaseUrl(), username);
  } catch (error) {
    throw error instanceof CodedError && error.code === 'NOT_FOUND'
      ? new Error(`${verb.nobody} ${username}.`)
      : error;
  }
  return `${username} ${verb.done}`;
}

async function operate(databaseUrl: string, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  const log = createLogger({ service: 'auth', level: 'warn' });
  const db = createDatabase(databaseUrl, createClient, log);
  try {
    await db.transaction(work);
  } finally {
    await db.close();
  }
}
