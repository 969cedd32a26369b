import { optionalPort, readEnv, serviceEnv } from '@socialhub/platform/config';
import * as z from 'zod';

const isAddress = (text: string) =>
  /^(\/(?!\/)|https?:\/\/)/.test(text) && URL.canParse(text, 'http://here.invalid');
const count = (preset: number) => z.coerce.number('must be a number').int().min(0).default(preset);

/** What whoever runs the web may choose, however it is run; 0 is no limit. */
export const operatorSettings = {
  /** How many proxies in front of the web add to X-Forwarded-For. */
  WEB_TRUSTED_PROXIES: count(0),
  /** Pages and forms; a file that is the same for everybody counts a tenth. */
  WEB_REQUESTS_PER_MINUTE_PER_ADDRESS: count(3000),
  /** Of all browsers at once; without it what the process's limit of descriptors allows. */
  WEB_CONNECTIONS: z.coerce.number('must be a number').int().min(0).optional(),
  WEB_CONNECTIONS_PER_ADDRESS: count(500),
  /** For how long what anybody may read is kept for those who are signed out; 0: not at all. */
  WEB_KEEP_PUBLIC_SECONDS: z.coerce.number('must be a number').int().min(0).max(60).default(15),
  /** The gateway as browsers call it: a URL, or a path of the web's own host; `/graphql` without it. */
  PUBLIC_GATEWAY_URL: z.string().refine(isAddress, 'must be a URL (http or https) or a path').optional(),
  /** A folder with about.md, terms.md, privacy.md and rules.md of one's own, or of a language (about.de.md); web/texts/ without it. */
  WEB_TEXTS: z.string().optional(),
  /** Where Prometheus reads /metrics, on the server's host; without it they are not served. */
  WEB_METRICS_PORT: optionalPort,
};

const environment = z.object({
  ...operatorSettings,
  /** The web's own, derived from the gateway's. Without them the gateway takes all who use the web for one client. */
  IDENTITY_KEYS: serviceEnv.IDENTITY_KEYS.optional(),
});

/** Reads the configuration of the web's server; throws ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const read = readEnv(environment, env);
  return {
    identityKeys: read.IDENTITY_KEYS,
    trustedProxies: read.WEB_TRUSTED_PROXIES,
    requestsPerMinutePerAddress: read.WEB_REQUESTS_PER_MINUTE_PER_ADDRESS,
    connections: read.WEB_CONNECTIONS,
    connectionsPerAddress: read.WEB_CONNECTIONS_PER_ADDRESS,
    metricsPort: read.WEB_METRICS_PORT,
  };
}

export type WebConfig = ReturnType<typeof readConfig>;
