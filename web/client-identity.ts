import type { IncomingMessage } from 'node:http';
import { clientAddress } from '@socialhub/platform/client-address';
import { readEnv, serviceEnv } from '@socialhub/platform/config';
import { createIdentitySigner, IDENTITY_HEADER } from '@socialhub/platform/identity-signer';
import * as z from 'zod';

const environment = z.object({
  /** The web's own, derived from the gateway's. Without them the gateway takes all who use the web for one client. */
  IDENTITY_KEYS: serviceEnv.IDENTITY_KEYS.optional(),
  /** How many proxies in front of the web add to X-Forwarded-For. */
  WEB_TRUSTED_PROXIES: z.coerce.number('must be a number').int().min(0).default(0),
});

/**
 * A function that notes on a request of a browser where it comes from, signed, so that the gateway believes it when it is
 * asked on the browser's behalf. What the browser itself has written there is gone. Throws ConfigError.
 */
export function createVouch(env: NodeJS.ProcessEnv): (request: IncomingMessage) => void {
  const { IDENTITY_KEYS: keys, WEB_TRUSTED_PROXIES: trustedProxies } = readEnv(environment, env);
  const sign = keys && createIdentitySigner(keys, 'gateway');
  return (request) => {
    const { headers } = request;
    delete headers[IDENTITY_HEADER];
    const ipAddress = clientAddress(request, trustedProxies);
    if (!sign || ipAddress === null) return;
    const client = { ipAddress, userAgent: headers['user-agent'] ?? null };
    headers[IDENTITY_HEADER] = sign({ viewer: null, client });
  };
}
