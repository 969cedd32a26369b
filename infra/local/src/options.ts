import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { ConfigError, httpUrl, port, readEnv } from '@socialhub/platform/config';
import { StartFault } from '@socialhub/servers/start-fault';
import * as z from 'zod';
import { allOperatorSettings, type OperatorSettings, operatorSettingsIn } from './operator-settings.ts';

/** The project's folder. */
export const projectRoot = resolve(import.meta.dirname, '../../..');

const environment = z.object({
  GATEWAY_PORT: port(4000),
  WEB_PORT: port(3000),
  SOCIALHUB_HOME: z.string().default('.socialhub'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }).optional(),
  RABBITMQ_URL: z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// or amqps:// URL' }).optional(),
  S3_ENDPOINT: httpUrl.optional(),
  S3_PUBLIC_ENDPOINT: httpUrl.optional(),
  S3_BUCKET: z.string().default('socialhub-media'),
  AWS_REGION: z.string().default('us-east-1'),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  ...allOperatorSettings,
});

const flags = {
  'no-web': { type: 'boolean', default: false },
  'no-demo': { type: 'boolean', default: false },
  rabbitmq: { type: 'boolean', default: false },
  processes: { type: 'boolean', default: false },
} as const;

/** What to bring up, and where. */
export interface StartOptions {
  home: string;
  gatewayPort: number;
  webPort: number;
  logLevel: string;
  web: boolean;
  demo: boolean;
  /** Start the installed rabbitmq-server; implied by `processes` where no URL is given. */
  rabbitmq: boolean;
  /** A process per service instead of one for all. */
  processes: boolean;
  /** A PostgreSQL that runs already, as an owner who may create databases and roles. */
  databaseUrl: string | undefined;
  rabbitmqUrl: string | undefined;
  /** An S3 that runs already; without it the local endpoint is started. */
  s3: S3Options | undefined;
  /** What the services are told beyond that. */
  operatorSettings: OperatorSettings;
}

/** Where media files are kept and with which keys. */
export interface S3Options {
  /** Undefined: AWS itself. */
  endpoint: string | undefined;
  /** What browsers call, where that differs from what the service calls. */
  publicEndpoint: string | undefined;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Reads flags, the environment and `.env` (which the environment overrides). Throws StartFault naming every fault at once. */
export function readOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  root = projectRoot,
): StartOptions {
  const values = parseFlags(args);
  const given = { ...readDotEnv(join(root, '.env')), ...env };
  const settings = parseSettings(given);
  return {
    home: resolve(root, settings.SOCIALHUB_HOME),
    gatewayPort: settings.GATEWAY_PORT,
    webPort: settings.WEB_PORT,
    logLevel: settings.LOG_LEVEL,
    web: !values['no-web'],
    demo: !values['no-demo'],
    rabbitmq: !settings.RABBITMQ_URL && (values.rabbitmq || values.processes),
    processes: values.processes,
    databaseUrl: settings.DATABASE_URL,
    rabbitmqUrl: settings.RABBITMQ_URL,
    s3: s3Options(settings),
    operatorSettings: operatorSettingsIn(given),
  };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags }).values;
  } catch (error) {
    const known = Object.keys(flags).map((flag) => `--${flag}`);
    throw new StartFault(`${(error as Error).message.split('.')[0]}. The flags are ${known.join(', ')}.`);
  }
}

function parseSettings(env: NodeJS.ProcessEnv) {
  try {
    return readEnv(environment, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new StartFault(`The environment or .env has to be mended: ${error.faults.join('; ')}.`);
  }
}

const assignment = /^\s*(export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=/;

function readDotEnv(path: string): Record<string, string | undefined> {
  if (!existsSync(path)) return {};
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new StartFault('.env can’t be read: make it a readable file, or remove it.');
  }
  const wrong = text.split('\n').findIndex((line) => !/^\s*(#.*)?$/.test(line) && !assignment.test(line));
  if (wrong >= 0)
    throw new StartFault(`.env is broken at line ${wrong + 1}: write NAME=value, or # and a comment.`);
  return parseEnv(text);
}

function s3Options(settings: z.infer<typeof environment>): S3Options | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  if (!settings.S3_ENDPOINT) return undefined;
  if (!accessKeyId || !secretAccessKey) {
    throw new StartFault('S3_ENDPOINT is set: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY with it.');
  }
  return {
    endpoint: settings.S3_ENDPOINT,
    publicEndpoint: settings.S3_PUBLIC_ENDPOINT,
    bucket: settings.S3_BUCKET,
    region: settings.AWS_REGION,
    accessKeyId,
    secretAccessKey,
  };
}
