import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { administer } from '@socialhub/auth/operator-commands';
import { readEnv } from '@socialhub/platform/config';
import { runCommand, say } from '@socialhub/prisma/command';
import { databaseName, roleName, withDatabase } from '@socialhub/prisma/urls';
import * as z from 'zod';
import { readOptions } from './options.ts';
import { loadSecrets } from './secrets.ts';

/**
 * `npm run admin -- grant <username>` makes somebody an admin, `revoke` a member again; `drop-two-factor` lets in who has
 * lost their authenticator app. Acts on the database of AUTH_DATABASE_URL, or else on the SocialHub that `npm start` has
 * brought up here.
 */
/** The auth service's database. Throws a sentence when it can't be found. */
export function authDatabaseUrl(env: NodeJS.ProcessEnv): string {
  const given = readEnv(z.object({ AUTH_DATABASE_URL: z.string().optional() }), env).AUTH_DATABASE_URL;
  if (given) return given;
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

if (import.meta.main) {
  await runCommand(async () => {
    say(await administer(process.argv.slice(2), () => authDatabaseUrl(process.env), 'npm run admin --'));
  });
}
