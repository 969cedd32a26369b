import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { clientAddress } from '@socialhub/platform/http/client-address';
import type { ClientInfo } from '@socialhub/platform/identity/identity';
import {
  deriveIdentityKeys,
  IDENTITY_HEADER,
  type IdentityKey,
} from '@socialhub/platform/identity/identity-signer';
import { createIdentityVerifier } from '@socialhub/platform/identity/identity-verifier';
import type { Logger } from '@socialhub/platform/log';

/** Tells where a request comes from. */
export type ClientOf = (request: IncomingMessage) => ClientInfo;

/** How the web's keys are derived from the gateway's, and for whom it signs. */
const web = 'web';
const audience = 'gateway';
/** The web's own are shorter by far. */
const maxLength = 2048;
const warnEveryMs = 60_000;

/**
 * A request that the web makes for a browser comes with the browser's address, signed by the web: nothing else that a
 * request says of another address is believed, but what our own proxies add to X-Forwarded-For. `vouched` hears of
 * connections over which the web asks. Without keys there is no web.
 */
export function createClientOf(options: {
  trustedProxies: number;
  identityKeys: readonly IdentityKey[] | undefined;
  vouched: (socket: Socket) => void;
  log: Logger;
}): ClientOf {
  const { trustedProxies, identityKeys, vouched, log } = options;
  const verify = identityKeys && createIdentityVerifier(deriveIdentityKeys(identityKeys, web), audience);
  let lastWarning = Number.NEGATIVE_INFINITY;

  const fromWeb = (token: string | string[]): ClientInfo | null => {
    if (!verify) return null;
    try {
      if (token.length <= maxLength) return verify(token).client;
    } catch {
      // Said below.
    }
    if (performance.now() - lastWarning >= warnEveryMs) {
      lastWarning = performance.now();
      log.warn(
        'a request says whom it is made for, but was not signed by our web within the last minute: it counts as one of whoever sent it',
      );
    }
    return null;
  };

  return (request) => {
    const token = request.headers[IDENTITY_HEADER];
    const client = token === undefined ? null : fromWeb(token);
    if (client) {
      vouched(request.socket);
      return client;
    }
    return {
      ipAddress: clientAddress(request, trustedProxies),
      userAgent: request.headers['user-agent'] ?? null,
    };
  };
}
