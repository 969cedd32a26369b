import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isUrl } from '@socialhub/federation-engine';
import { ConfigError, httpUrl, optionalPort, port, readEnv, serviceEnv } from '@socialhub/platform/config';
import * as z from 'zod';
import { unauthorizedModes } from '../identity/grant.ts';
import { readTracing, tracingEnv } from '../telemetry/tracing-settings.ts';

const usage =
  'usage: npm run gateway -- --supergraph FILE_OR_URL [--port N] [--open] [--unauthorized refuse|filter]. Without ' +
  '--open the gateway checks access tokens ' +
  'and vouches for the viewer to the subgraphs, for which JWKS_URL and IDENTITY_KEYS have to be set';

const shared = {
  HOST: serviceEnv.HOST,
  PORT: port(4000),
  LOG_LEVEL: serviceEnv.LOG_LEVEL,
  UNAUTHORIZED: z
    .enum(unauthorizedModes, { error: `must be one of ${unauthorizedModes.join(', ')}` })
    .default('refuse'),
  METRICS_PORT: optionalPort,
  SUPERGRAPH_POLL_MS: z.coerce.number('must be in milliseconds').int().min(1).max(300_000).default(10_000),
  ...tracingEnv,
};
const openEnv = z.object(shared);
const guardedEnv = z.object({
  ...shared,
  JWKS_URL: httpUrl,
  IDENTITY_KEYS: serviceEnv.IDENTITY_KEYS,
  JWT_ISSUER: z.string().default('socialhub'),
  JWT_AUDIENCE: z.string().default('socialhub'),
});

/** Reads the command line and the environment of the standalone gateway. Throws ConfigError with all faults. */
export function readStandaloneOptions(args: readonly string[], env: NodeJS.ProcessEnv) {
  const given = readArguments(args);
  const { supergraph } = given;
  if (!supergraph) throw new ConfigError([`--supergraph is missing; ${usage}`]);
  const withArguments = {
    ...env,
    ...(given.port !== undefined && { PORT: given.port }),
    ...(given.unauthorized !== undefined && { UNAUTHORIZED: given.unauthorized }),
  };
  const identity = given.open ? undefined : readGuardedEnv(withArguments);
  const read = identity ?? readEnv(openEnv, withArguments);
  return {
    supergraph: isUrl(supergraph) ? supergraph : resolve(callersFolder(env), supergraph),
    supergraphPollMs: read.SUPERGRAPH_POLL_MS,
    host: read.HOST,
    port: read.PORT,
    logLevel: read.LOG_LEVEL,
    unauthorized: read.UNAUTHORIZED,
    metricsPort: read.METRICS_PORT,
    tracing: readTracing(read),
    identity: identity && {
      jwksUrl: identity.JWKS_URL,
      keys: identity.IDENTITY_KEYS,
      issuer: identity.JWT_ISSUER,
      audience: identity.JWT_AUDIENCE,
    },
  };
}

/** npm runs a script in the folder of package.json; the path was written in the caller's. */
const callersFolder = (env: NodeJS.ProcessEnv) =>
  env.npm_lifecycle_event === 'gateway' && env.INIT_CWD ? env.INIT_CWD : '.';

export type StandaloneOptions = ReturnType<typeof readStandaloneOptions>;

function readGuardedEnv(env: NodeJS.ProcessEnv) {
  try {
    return readEnv(guardedEnv, env);
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError([...error.faults, usage]) : error;
  }
}

function readArguments(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        supergraph: { type: 'string' },
        port: { type: 'string' },
        open: { type: 'boolean' },
        unauthorized: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new ConfigError([`${error instanceof Error ? error.message : String(error)}; ${usage}`]);
  }
}
