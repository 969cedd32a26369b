import type { IncomingMessage } from 'node:http';
import { addressIn, clientAddress } from '@socialhub/platform/http/client-address';
import { createIdentitySigner, IDENTITY_HEADER } from '@socialhub/platform/identity/identity-signer';
import type { WebConfig } from './config.ts';

/** Where Vercel says that a browser is. It writes it anew on every request, whatever the browser sent under this name. */
export const VERCEL_ADDRESS_HEADER = 'x-vercel-forwarded-for';

type Keys = WebConfig['identityKeys'];

/** Signs, for the gateway, where a browser is and what it calls itself; null without keys or without an address. */
function createClientSigner(keys: Keys) {
  const sign = keys && createIdentitySigner(keys, 'gateway');
  return (ipAddress: string | null, userAgent: string | null): string | null =>
    sign && ipAddress !== null ? sign({ viewer: null, client: { ipAddress, userAgent } }) : null;
}

/**
 * A function that notes on a request of a browser where it comes from, signed, so that the gateway believes it when it is
 * asked on the browser's behalf. What the browser itself has written there is gone.
 */
export function createVouch({
  identityKeys,
  trustedProxies,
}: Pick<WebConfig, 'identityKeys' | 'trustedProxies'>): (request: IncomingMessage) => void {
  const signed = createClientSigner(identityKeys);
  return (request) => {
    const { headers } = request;
    delete headers[IDENTITY_HEADER];
    // Nobody but Vercel has a word in this; behind our own server it would be the browser's.
    delete headers[VERCEL_ADDRESS_HEADER];
    const token = signed(clientAddress(request, trustedProxies), headers['user-agent'] ?? null);
    if (token !== null) headers[IDENTITY_HEADER] = token;
  };
}

/** The same where Vercel runs the pages and no server of ours is before them: the address is the one that Vercel tells. */
export function createVouchOnVercel({
  identityKeys,
}: Pick<WebConfig, 'identityKeys'>): (headers: Headers) => void {
  const signed = createClientSigner(identityKeys);
  return (headers) => {
    headers.delete(IDENTITY_HEADER);
    const token = signed(
      addressIn(headers.get(VERCEL_ADDRESS_HEADER) ?? undefined),
      headers.get('user-agent'),
    );
    if (token !== null) headers.set(IDENTITY_HEADER, token);
  };
}
