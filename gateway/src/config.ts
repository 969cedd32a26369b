import { fileURLToPath } from 'node:url';
import { ConfigError, httpUrl, optionalPort, port, readEnv, serviceEnv } from '@socialhub/platform/config';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import { endWithinMs } from '@socialhub/platform/end-deadlines';
import * as z from 'zod';
import { safelistModes } from './admission/persisted-operations.ts';
import { unauthorizedModes } from './identity/grant.ts';
import { readTracing, tracingEnv } from './telemetry/tracing-settings.ts';

const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');
const count = (preset: number) => z.coerce.number('must be a number').int().min(0).default(preset);
const milliseconds = z.coerce.number('must be in milliseconds').int().min(1).max(300_000);
const oneWithNumber = `(${serviceNames.join('|')})=[1-9]\\d{0,5}`;
const eachWithNumber = new RegExp(`^${oneWithNumber}(,${oneWithNumber})*$`);
const nameAndNumber = ([name = '', count = '']: readonly string[]): [string, number] => [name, Number(count)];

const origins = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .transform((listed) => listed.filter((origin) => origin !== ''))
  .refine(
    (listed) => listed.every(isOrigin),
    'must be origins like https://example.org, separated by commas',
  );

/** What whoever runs SocialHub may choose, however it is run; the rest is where things are, and secrets. */
export const operatorSettings = {
  JWT_ISSUER: z.string().default('socialhub'),
  JWT_AUDIENCE: z.string().default('socialhub'),
  /** Whether clients may read the schema; also whether the explorer is served. Off in production by default. */
  INTROSPECTION: flag.optional(),
  /** Operations that ask for what their caller may not have: refused whole, or answered with null in those places. */
  UNAUTHORIZED: z
    .enum(unauthorizedModes, { error: `must be one of ${unauthorizedModes.join(', ')}` })
    .default('refuse'),
  /** Origins of web apps that may call, exactly as browsers write them, separated by commas. */
  CORS_ORIGINS: origins,
  /** How many proxies in front of the gateway add to X-Forwarded-For. */
  TRUSTED_PROXIES: count(0),
  /** For one fetch from a subgraph, the wait for a connection included. */
  SUBGRAPH_TIMEOUT_MS: milliseconds.default(10_000),
  /** Where a subgraph has another one: `media=20000,chat=3000`. */
  SUBGRAPH_TIMEOUTS: z
    .string()
    .regex(eachWithNumber, 'must be names of subgraphs with milliseconds, like media=20000,chat=3000')
    .default('')
    .transform(
      (text) => new Map(text.split(',').flatMap((pair) => (pair ? [nameAndNumber(pair.split('='))] : []))),
    ),
  /** Operations that are not in the manifest: served (off), logged (log-only), refused (enforcing). */
  PERSISTED_OPERATIONS: z
    .enum(safelistModes, { error: `must be one of ${safelistModes.join(', ')}` })
    .default('off'),
  /** A file as `npm run manifest` makes it; followed when it changes. */
  PERSISTED_OPERATIONS_MANIFEST: z.string().optional(),
  /** The static cost that one operation may have (`@cost`, `@listSize`); for this and what follows 0 is no limit. */
  COST_PER_OPERATION: count(50_000),
  /** The sum of costs for each viewer, and for each address of people who are signed out. */
  COST_PER_MINUTE: count(1_500_000),
  REQUESTS_PER_MINUTE_PER_ADDRESS: count(12_000),
  REQUESTS_PER_MINUTE_PER_VIEWER: count(6000),
  /** Operations whose text was not seen before: each is validated and planned. */
  NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: count(300),
  NEW_OPERATIONS_PER_MINUTE_PER_VIEWER: count(150),
  /** Bytes of bodies and messages longer than 16 kB, of each address and of each viewer. */
  LONG_BYTES_PER_MINUTE: count(20_000_000),
  /** Of all clients at once; without it what the process's limit of descriptors allows. */
  CONNECTIONS: z.coerce.number('must be a number').int().min(0).optional(),
  CONNECTIONS_PER_ADDRESS: count(1000),
  /** Sockets and streams together. */
  SOCKETS_PER_ADDRESS: count(500),
  SOCKETS_PER_VIEWER: count(50),
  /** Over all of their sockets and streams; of people who are signed out, for each address. */
  SUBSCRIPTIONS_PER_VIEWER: count(500),
  /** Where Prometheus reads /metrics, on HOST; without it nothing is counted. */
  METRICS_PORT: optionalPort,
  ...tracingEnv,
  /** Between "not ready" and the first closed connection, so that a load balancer has noticed. */
  DRAIN_DELAY_MS: z.coerce.number('must be in milliseconds').int().min(0).max(endWithinMs.delay).default(0),
};

const schema = z.object({
  ...operatorSettings,
  PORT: port(0).optional(),
  GATEWAY_PORT: port(4000),
  HOST: serviceEnv.HOST,
  LOG_LEVEL: serviceEnv.LOG_LEVEL,
  NODE_ENV: z.string().default('development'),
  AUTH_URL: httpUrl,
  USER_URL: httpUrl,
  POST_URL: httpUrl,
  MEDIA_URL: httpUrl,
  NOTIFICATION_URL: httpUrl,
  CHAT_URL: httpUrl,
  /** The master keys; each subgraph is given what is derived from them for it. */
  IDENTITY_KEYS: serviceEnv.IDENTITY_KEYS,
  RABBITMQ_URL: serviceEnv.RABBITMQ_URL,
  /** A file, or a URL (http or https) that is asked every SUPERGRAPH_POLL_MS. */
  SUPERGRAPH: z.string().default(fileURLToPath(new URL('../supergraph.graphql', import.meta.url))),
  SUPERGRAPH_POLL_MS: milliseconds.default(10_000),
});

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** Reads the gateway's configuration; throws ConfigError with all faults. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const read = readEnv(schema, env);
  const isProduction = read.NODE_ENV === 'production';
  if (read.PERSISTED_OPERATIONS !== 'off' && !read.PERSISTED_OPERATIONS_MANIFEST) {
    throw new ConfigError([
      'PERSISTED_OPERATIONS_MANIFEST is missing: there is no list to hold operations to',
    ]);
  }
  return {
    port: read.PORT ?? read.GATEWAY_PORT,
    host: read.HOST,
    logLevel: read.LOG_LEVEL,
    isProduction,
    subgraphs: Object.fromEntries(
      serviceNames.map((name) => [name, read[`${name.toUpperCase() as Uppercase<ServiceName>}_URL`]]),
    ) as Record<ServiceName, string>,
    identityKeys: read.IDENTITY_KEYS,
    rabbitmqUrl: read.RABBITMQ_URL,
    jwt: { issuer: read.JWT_ISSUER, audience: read.JWT_AUDIENCE },
    corsOrigins: read.CORS_ORIGINS,
    supergraph: read.SUPERGRAPH,
    supergraphPollMs: read.SUPERGRAPH_POLL_MS,
    introspection: read.INTROSPECTION ?? !isProduction,
    unauthorized: read.UNAUTHORIZED,
    trustedProxies: read.TRUSTED_PROXIES,
    subgraphTimeoutMs: read.SUBGRAPH_TIMEOUT_MS,
    subgraphTimeouts: read.SUBGRAPH_TIMEOUTS,
    metricsPort: read.METRICS_PORT,
    tracing: readTracing(read),
    drainDelayMs: read.DRAIN_DELAY_MS,
    admission: {
      persistedOperations: {
        mode: read.PERSISTED_OPERATIONS,
        manifestFile: read.PERSISTED_OPERATIONS_MANIFEST,
      },
      costPerOperation: read.COST_PER_OPERATION,
      perMinute: {
        requestsPerAddress: read.REQUESTS_PER_MINUTE_PER_ADDRESS,
        requestsPerViewer: read.REQUESTS_PER_MINUTE_PER_VIEWER,
        newOperationsPerAddress: read.NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS,
        newOperationsPerViewer: read.NEW_OPERATIONS_PER_MINUTE_PER_VIEWER,
        cost: read.COST_PER_MINUTE,
        longBytes: read.LONG_BYTES_PER_MINUTE,
      },
      atOnce: {
        connections: read.CONNECTIONS,
        // Proxies of ours connect for many.
        connectionsPerAddress: read.TRUSTED_PROXIES > 0 ? 0 : read.CONNECTIONS_PER_ADDRESS,
        socketsPerAddress: read.SOCKETS_PER_ADDRESS,
        socketsPerViewer: read.SOCKETS_PER_VIEWER,
        subscriptionsPerViewer: read.SUBSCRIPTIONS_PER_VIEWER,
      },
    },
  };
}

export type GatewayConfig = ReturnType<typeof readConfig>;
