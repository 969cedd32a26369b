import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { deriveIdentityKeys, formatIdentityKeys } from '@socialhub/platform/identity/identity-signer';
import { migrate } from '@socialhub/prisma/migrate';
import { withDatabase } from '@socialhub/prisma/urls';
import { startPostgres } from '@socialhub/servers/embedded-postgres';
import pg from 'pg';
import { type Started, serverCore, startOn } from '../measure/processes.ts';

export const identityKeys = deriveIdentityKeys(
  [{ id: 'bench', secret: 'of the benchmark, longer than thirty-two characters' }],
  'auth',
);

export interface Auth {
  port: number;
  server: Started;
  databaseUrl: string;
  db: pg.Pool;
  /** The process to which all of PostgreSQL's belong. */
  postgresPid: number;
  stop(): Promise<void>;
}

/** PostgreSQL, as durable as in production, beside the load; the auth service on a core of its own. */
export async function startAuth(folder: string): Promise<Auth> {
  chmodSync(folder, 0o711);
  let postgresPid = -1;
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    log: {
      info: (fields) => {
        if ('pid' in fields) postgresPid = Number(fields.pid);
      },
      warn: () => undefined,
    },
  });
  const owner = new pg.Client({ connectionString: postgres.url });
  await owner.connect();
  await owner.query('CREATE DATABASE auth_db');
  await owner.end();
  const databaseUrl = withDatabase(postgres.url, 'auth_db');
  await migrate({ service: 'auth', url: databaseUrl });
  const mailDir = join(folder, 'mail');
  mkdirSync(mailDir);

  const many = '1000000';
  const script = fileURLToPath(new URL('auth-server.ts', import.meta.url));
  const server = startOn(serverCore, [process.execPath, script], {
    env: {
      DATABASE_URL: databaseUrl,
      IDENTITY_KEYS: formatIdentityKeys(identityKeys),
      SIGNING_KEY_SECRET: 'of the benchmark, longer than thirty-two characters',
      MAIL_DIR: mailDir,
      PORT: '0',
      SIGN_INS_PER_ACCOUNT: many,
      SIGN_INS_PER_ADDRESS: many,
      FAILED_SIGN_INS_PER_ADDRESS: many,
      REGISTRATIONS_PER_ADDRESS: many,
      MAILS_PER_ADDRESS: many,
    },
  });
  const address = () => /listens at http:\/\/[^:]+:(\d+)/.exec(server.output())?.[1];
  while (server.isUp() && !address()) await delay(50);
  if (!address()) throw new Error(`the auth service does not come up: ${server.output()}`);
  const db = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  return {
    port: Number(address()),
    server,
    databaseUrl,
    db,
    postgresPid,
    async stop() {
      await db.end();
      await server.stop();
      await postgres.stop();
    },
  };
}
