import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grantRoleAt } from '@socialhub/auth';
import { CodedError } from '@socialhub/platform/errors';
import { runCommand, say } from '@socialhub/prisma/command';
import { databaseName, roleName, withDatabase } from '@socialhub/prisma/urls';
import { readOptions } from './options.ts';
import { loadSecrets } from './secrets.ts';

/**
 * `npm run admin -- grant <username>` makes somebody an admin, `revoke` a member again. Acts on the database of
 * AUTH_DATABASE_URL, or else on the SocialHub that `npm start` has brought up here.
 */
const usage = 'Usage: npm run admin -- grant <username>\n       npm run admin -- revoke <username>';

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

async function command([verb, username, ...rest]: string[]): Promise<void> {
  const role = verb === 'grant' ? 'ADMIN' : verb === 'revoke' ? 'MEMBER' : null;
  if (role === null || !username || rest.length > 0) throw new Error(usage);
  try {
    await grantRoleAt(authDatabaseUrl(process.env), username, role);
  } catch (error) {
    throw error instanceof CodedError ? new Error(`Nobody has the username ${username}.`) : error;
  }
  say(
    role === 'ADMIN'
      ? `${username} is an admin, from the next refresh of their tokens or sign-in on.`
      : `${username} is a member; their sessions have ended.`,
  );
}

if (import.meta.main) await runCommand(() => command(process.argv.slice(2)));
