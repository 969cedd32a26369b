import type { IncomingMessage } from 'node:http';
import type { ClientInfo } from '@socialhub/platform/identity';

/**
 * Where a request comes from. X-Forwarded-For is believed as far as our own proxies wrote it: `trustedProxies` is
 * how many of them there are, and the address that the outermost one saw is the client's.
 */
export function clientInfo(request: IncomingMessage, trustedProxies: number): ClientInfo {
  const seen = trustedProxies > 0 ? forwardedFor(request).at(-trustedProxies)?.trim() : undefined;
  return {
    ipAddress: (seen || request.socket.remoteAddress) ?? null,
    userAgent: request.headers['user-agent'] ?? null,
  };
}

const forwardedFor = ({ headers }: IncomingMessage): string[] =>
  [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
