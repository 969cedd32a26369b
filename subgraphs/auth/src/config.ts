import { availableParallelism } from 'node:os';
import { readEnv, serviceEnv } from '@socialhub/platform/config';
import * as z from 'zod';

const wholeNumber = (min: number, max: number, preset: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message).default(preset);
};

const schema = z.object({
  ...serviceEnv,
  /** Encrypts the private signing keys in the database. */
  SIGNING_KEY_SECRET: z.string().min(32, 'must have 32 characters or more'),
  JWT_ISSUER: z.string().default('socialhub'),
  JWT_AUDIENCE: z.string().default('socialhub'),
  ACCESS_TOKEN_SECONDS: wholeNumber(5, 900, 900),
  SESSION_IDLE_DAYS: wholeNumber(1, 365, 30),
  SESSION_MAX_DAYS: wholeNumber(1, 365, 180),
  /** How many passwords are hashed at once; each takes 19 MiB and a thread of four. */
  PASSWORD_HASHES_AT_ONCE: wholeNumber(1, 64, Math.min(4, availableParallelism())),
});

/** The auth service's settings; throws ConfigError with every fault. */
export const readConfig = (env: NodeJS.ProcessEnv) => readEnv(schema, env);

export type AuthConfig = ReturnType<typeof readConfig>;
