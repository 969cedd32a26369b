import { httpUrl, optionalPort, readEnv, serviceEnv } from '@socialhub/platform/config';
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

const isUrls = (text: string) =>
  text.split(/[\s,]+/).every((one) => one === '' || (/^https?:/.test(one) && URL.canParse(one)));
const origins = z.string().refine(isUrls, 'must be URLs (http or https), apart by spaces or commas');

const environment = z.object({
  ...operatorSettings,
  /** The gateway as the web calls it; the one of this machine without it. */
  GATEWAY_URL: httpUrl.optional(),
  /** Where browsers read pictures from and send them to. */
  MEDIA_ORIGIN: origins.optional(),
  /** The web's own, derived from the gateway's. Without them the gateway takes all who use the web for one client. */
  IDENTITY_KEYS: serviceEnv.IDENTITY_KEYS.optional(),
});

// There no gateway is beside; and strangers come to production, who must not be one client.
const onVercel = environment.extend({ GATEWAY_URL: httpUrl, MEDIA_ORIGIN: origins });
const inProduction = onVercel.extend({ IDENTITY_KEYS: serviceEnv.IDENTITY_KEYS });

/** Vercel sets VERCEL where it runs the web, and VERCEL_ENV to what for. */
function readHere(env: NodeJS.ProcessEnv) {
  if (env.VERCEL !== '1') return readEnv(environment, env);
  return env.VERCEL_ENV === 'production' ? readEnv(inProduction, env) : readEnv(onVercel, env);
}

/** Reads the web's configuration; throws ConfigError with all faults. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const read = readHere(env);
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
