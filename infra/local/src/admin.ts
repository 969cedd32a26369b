import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dropTwoFactorAt, grantRoleAt } from '@socialhub/auth/operator-commands';
import { CodedError } from '@socialhub/platform/errors';
import { runCommand, say } from '@socialhub/prisma/command';
import { databaseName, roleName, withDatabase } from '@socialhub/prisma/urls';
import { readOptions } from './options.ts';
import { loadSecrets } from './secrets.ts';

/**
 * `npm run admin -- grant <username>` makes somebody an admin, `revoke` a member again; `drop-two-factor` lets in who has
 * lost their authenticator app. Acts on the database of AUTH_DATABASE_URL, or else on the SocialHub that `npm start` has
 * brought up here.
 */
const usage = ['grant', 'revoke', 'drop-two-factor']
  .map((verb, at) => `${at === 0 ? 'Usage:' : '      '} npm run admin -- ${verb} <username>`)
  .join('\n');

/** The auth service's database. Throws a sentence when it can't be found. */
export function authDatabaseUrl(env: NodeJS.ProcessEnv): string {
  if (env.AUTH_DATABASE_URL) return env.AUTH_DATABASE_URL;
  const { home, databaseUrl } = readOptions([], env);
  if (!existsSync(join(home, 'secrets.json'))) {
    throw new Error(`There is no SocialHub in ${home}: start it once, or set AUTH_DATABASE_URL.`);
  }
  const url = new URL(withDatabase(databaseUrl ?? embeddedServer(home), databaseName('auth')));
  url.username = roleName('auth');
  url.password = encodeURIComponent(loadSecrets(home).databasePasswords.auth);
  return url.href;
}

/** PostgreSQL writes its port into the fourth line of its pid file. */
function embeddedServer(home: string): string {
  const file = join(home, 'postgres', 'data', 'postmaster.pid');
  const port = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[3]?.trim() : undefined;
  if (!port) throw new Error('SocialHub is not running: start it with npm start, or set AUTH_DATABASE_URL.');
  return `postgresql://127.0.0.1:${port}/`;
}

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

async function command([word = '', username, ...rest]: string[]): Promise<void> {
  const verb = verbs[word];
  if (!verb || !username || rest.length > 0) throw new Error(usage);
  try {
    await verb.run(authDatabaseUrl(process.env), username);
  } catch (error) {
    throw error instanceof CodedError ? new Error(`${verb.nobody} ${username}.`) : error;
  }
  say(`${username} ${verb.done}`);
}

if (import.meta.main) await runCommand(() => command(process.argv.slice(2)));
