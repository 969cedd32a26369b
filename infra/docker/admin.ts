import { administer } from '@socialhub/auth/operator-commands';
import { readEnv } from '@socialhub/platform/config';
import { runCommand, say } from '@socialhub/prisma/command';
import * as z from 'zod';

/** `npm run admin` in the container of the auth service, which has the address of its database in a file. */

const settings = z.object({ DATABASE_URL: z.string() });

await runCommand(async () => {
  const databaseUrl = () => readEnv(settings, process.env).DATABASE_URL;
  say(await administer(process.argv.slice(2), databaseUrl, 'node infra/docker/admin.ts'));
});
