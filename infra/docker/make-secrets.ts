import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serviceNames } from '@socialhub/platform/contracts/services';
import {
  deriveIdentityKeys,
  formatIdentityKeys,
  parseIdentityKeys,
} from '@socialhub/platform/identity/identity-signer';
import { type AccountName, accountNames, definitionsOf } from './rabbitmq-definitions.ts';

/**
 * Makes the secrets of a `docker compose` installation, once, in the folder given: a folder per container, which mounts
 * its own alone and reads each file by the variable `<NAME>_FILE`.
 */
const [root = '/secrets'] = process.argv.slice(2);
const finished = join(root, 'finished');

const random = () => randomBytes(32).toString('base64url');

function write(path: string, value: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  // Of a run that was cut off: a root without capabilities can't write to what nobody may.
  rmSync(join(root, path), { force: true });
  writeFileSync(join(root, path), value, { mode: 0o444 });
}

/** Writes what may be there already; a run that was cut off leaves the old or the new. */
function replace(path: string, value: string): void {
  write(`${path}.new`, value);
  renameSync(join(root, `${path}.new`), join(root, path));
}

if (!existsSync(finished)) {
  const postgresPassword = random();
  const s3 = { accessKey: randomBytes(10).toString('hex'), secretKey: random() };
  const identityKeys = [{ id: 'k1', secret: random() }];
  const ownerUrl = `postgresql://postgres:${postgresPassword}@postgres:5432/postgres`;

  write('postgres/password', postgresPassword);
  write(
    's3/s3.json',
    JSON.stringify({
      identities: [
        { name: 'socialhub', credentials: [s3], actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'] },
      ],
    }),
  );
  for (const service of serviceNames) {
    const password = random();
    write(`prepare/${service}_password`, password);
    write(
      `${service}/database_url`,
      `postgresql://${service}_service:${password}@postgres:5432/${service}_db`,
    );
    write(`${service}/identity_keys`, formatIdentityKeys(deriveIdentityKeys(identityKeys, service)));
  }
  write('auth/signing_key_secret', random());
  for (const reader of ['media', 'prepare']) {
    write(`${reader}/aws_access_key_id`, s3.accessKey);
    write(`${reader}/aws_secret_access_key`, s3.secretKey);
  }
  write('prepare/owner_url', ownerUrl);
  write('gateway/identity_keys', formatIdentityKeys(identityKeys));
  // Written last and renamed into place: a run that was cut off is done again, whole, before anything has used it.
  writeFileSync(`${finished}.new`, '');
  renameSync(`${finished}.new`, finished);
}

/** The password that an account on the broker has already; none where all had one account. */
function passwordOf(name: AccountName): string {
  const path = join(root, `${name}/rabbitmq_url`);
  const url = existsSync(path) ? new URL(readFileSync(path, 'utf8')) : undefined;
  return url?.username === name ? url.password : random();
}

// Each time: this version may have events that the one before did not. RabbitMQ reads at its start who may publish which.
const passwords = Object.fromEntries(accountNames.map((name) => [name, passwordOf(name)])) as Record<
  AccountName,
  string
>;
for (const name of accountNames)
  replace(`${name}/rabbitmq_url`, `amqp://${name}:${passwords[name]}@rabbitmq:5672`);
replace('rabbitmq/socialhub.conf', 'load_definitions = /etc/rabbitmq/conf.d/socialhub/definitions.json\n');
replace('rabbitmq/definitions.json', JSON.stringify(definitionsOf(passwords)));

// And for those that were made before the web had any.
if (!existsSync(join(root, 'web/identity_keys'))) {
  const master = parseIdentityKeys(readFileSync(join(root, 'gateway/identity_keys'), 'utf8'));
  if (!master) throw new Error('gateway/identity_keys is damaged');
  write('web/identity_keys', formatIdentityKeys(deriveIdentityKeys(master, 'web')));
}
