import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Where a request comes from. X-Forwarded-For is believed as far as our own proxies wrote it: `trustedProxies` is how many
 * of them there are, and the address that the outermost one saw is the client's. Without it, that of the connection.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string | null {
  return forwardedFor(request, trustedProxies) ?? addressIn(request.socket.remoteAddress);
}

function forwardedFor({ headers }: IncomingMessage, trustedProxies: number): string | null {
  const given = headers['x-forwarded-for'];
  if (trustedProxies === 0 || given === undefined) return null;
  const addresses = [given].flat().join(',').split(',');
  return addressIn(addresses.at(-trustedProxies)?.trim());
}

const withPort = /^(?:\[([\da-f:.]+(?:%[^\]]*)?)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/i;
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The address in what a proxy or the system writes: some add a port or a zone; one of version 4 may look like version 6. */
export function addressIn(text: string | undefined): string | null {
  if (!text) return null;
  const [, version6, version4] = withPort.exec(text) ?? [];
  const [address = ''] = (version6 ?? version4 ?? text).split('%', 1);
  const plain = mapped.exec(address)?.[1] ?? address;
  return isIP(plain) ? plain : null;
}
