import * as z from 'zod';
import { endWithinMs } from './end-deadlines.ts';
import { parseIdentityKeys } from './identity/identity-signer.ts';
import { readSecret } from './latest-secret.ts';

/** A configuration that can't be used; `faults` holds every reason, one sentence each. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}: ${faults.join('; ')}`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/**
 * Reads the variables that `schema` names out of `env`, by the schema's keys. An empty value counts as absent;
 * `NAME_FILE` gives the path of a file that holds the value of `NAME` (as Docker mounts secrets).
 * Throws ConfigError with all faults at once; a fault never repeats a value, which may be a secret.
 */
export function readEnv<Schema extends z.ZodObject>(schema: Schema, env: NodeJS.ProcessEnv): z.infer<Schema> {
  const faults: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = env[name] || readSecretFile(name, env, faults);
    if (value) values[name] = value;
  }
  const parsed = schema.safeParse(values);
  for (const issue of parsed.error?.issues ?? []) {
    const name = issue.path.join('.');
    const missing = !(name in values) && issue.code === 'invalid_type';
    faults.push(missing ? `${name} is missing` : `${name}: ${issue.message}`);
  }
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return parsed.data;
}

function readSecretFile(name: string, env: NodeJS.ProcessEnv, faults: string[]): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return undefined;
  try {
    return readSecret(path);
  } catch {
    faults.push(`${name}_FILE names a file that can't be read`);
    return undefined;
  }
}

const portNumber = z.coerce.number('must be a port number').int('must be a port number').min(0).max(65_535);

/** A TCP port; 0 lets the system choose. */
export const port = (preset: number) => portNumber.default(preset);

/** A TCP port for what is not there without it. */
export const optionalPort = portNumber.optional();

/** An absolute http or https URL, without a slash at its end. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .transform((url) => url.replace(/\/+$/, ''));

/** Certificates of authorities that are trusted beside those that Node knows, as PEM: those of a database's own, say. */
export const trustedCertificates = z
  .string()
  .transform((text) => text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [])
  .refine((found) => found.length > 0, 'must be certificates as PEM')
  .optional();

/** The variables that every service reads; a service's `config.ts` adds its own. */
export const serviceEnv = {
  PORT: port(0),
  HOST: z.string().default('127.0.0.1'),
  /** Where Prometheus reads /metrics, on HOST; without it they are not served. */
  METRICS_PORT: optionalPort,
  /** Between "not ready" and the first closed connection, so that whatever balances has noticed. */
  DRAIN_DELAY_MS: z.coerce.number('must be in milliseconds').int().min(0).max(endWithinMs.delay).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }),
  CA_CERTIFICATES: trustedCertificates,
  RABBITMQ_URL: z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// or amqps:// URL' }).optional(),
  IDENTITY_KEYS: z.string().transform((text, ctx) => {
    const keys = parseIdentityKeys(text);
    if (keys) return keys;
    ctx.addIssue('must be id:secret pairs, separated by commas, each secret of 32 characters or more');
    return z.NEVER;
  }),
};

const serviceSchema = z.object(serviceEnv);

/** What every service's configuration holds. */
export type ServiceConfig = z.infer<typeof serviceSchema>;
