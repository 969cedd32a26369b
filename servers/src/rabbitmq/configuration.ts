import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The account's password, made once for a data folder: the server keeps its accounts there. */
export async function readPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'password');
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return (await readFile(file, 'utf8')).trim();
}

/** Writes the server's files. Gives the environment in which it reads them. */
export async function writeConfiguration(
  dataDir: string,
  ports: { amqp: number; distribution: number; epmd: number },
  password: string,
): Promise<NodeJS.ProcessEnv> {
  const config = [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    'default_user = socialhub',
    `default_pass = ${password}`,
    'default_user_tags.administrator = true',
    'log.file.level = warning',
    'log.console = true',
    'log.console.level = error',
  ];
  await writeFile(join(dataDir, 'rabbitmq.conf'), `${config.join('\n')}\n`, { mode: 0o600 });
  await writeFile(join(dataDir, 'enabled_plugins'), '[].\n');
  await writeFile(join(dataDir, 'rabbitmq-env.conf'), '');
  const { PATH, LANG = 'C.UTF-8' } = process.env;
  return {
    PATH: `${PATH}:/usr/sbin:/usr/local/sbin`,
    LANG,
    HOME: dataDir,
    // The same name in every copy: a node's data carries it, and each copy has its own name server.
    RABBITMQ_NODENAME: 'socialhub@localhost',
    RABBITMQ_MNESIA_BASE: join(dataDir, 'mnesia'),
    RABBITMQ_LOG_BASE: join(dataDir, 'log'),
    RABBITMQ_CONFIG_FILE: join(dataDir, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: join(dataDir, 'rabbitmq-env.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(dataDir, 'advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(dataDir, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(dataDir, 'node.pid'),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}',
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // Makes the script become the server instead of watching over it, so that signals reach the server itself.
    RUNNING_UNDER_SYSTEMD: 'true',
  };
}
