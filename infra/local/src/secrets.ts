import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import { StartFault } from '@socialhub/servers/start-fault';
import * as z from 'zod';

const secretsSchema = z.object({
  /** The gateway's identity keys, as `id:secret`; each subgraph gets what is derived from them for it alone. */
  identityKeys: z.string(),
  /** What encrypts the auth service's private signing keys at rest. */
  signingKeySecret: z.string(),
  databasePasswords: z.record(z.enum(serviceNames), z.string()),
  demoPassword: z.string(),
});

/** The secrets of one home, made at its first start. */
export type Secrets = z.infer<typeof secretsSchema>;

const random = () => randomBytes(32).toString('base64url');

/** Reads `secrets.json` in the home, or makes it (mode 0600) at the first start. Throws StartFault when it is damaged. */
export function loadSecrets(home: string): Secrets {
  const path = join(home, 'secrets.json');
  if (!existsSync(path)) {
    const passwords = serviceNames.map((name) => [name, random()]);
    const secrets: Secrets = {
      identityKeys: `local:${random()}`,
      signingKeySecret: random(),
      databasePasswords: Object.fromEntries(passwords) as Record<ServiceName, string>,
      demoPassword: randomBytes(9).toString('base64url'),
    };
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return secrets;
  }
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new StartFault(`${path} is damaged: restore it, or remove the whole folder ${home} to begin anew.`);
  }
}
