import type { IncomingMessage } from 'node:http';
import { clientAddress } from '@socialhub/platform/http/client-address';
import { createIdentitySigner, IDENTITY_HEADER } from '@socialhub/platform/identity/identity-signer';
import type { WebConfig } from './config.ts';

/**
 * A function that notes on a request of a browser where it comes from, signed, so that the gateway believes it when it is
 * asked on the browser's behalf. What the browser itself has written there is gone.
 */
export function createVouch({
  identityKeys: keys,
  trustedProxies,
}: Pick<WebConfig, 'identityKeys' | 'trustedProxies'>): (request: IncomingMessage) => void {
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
