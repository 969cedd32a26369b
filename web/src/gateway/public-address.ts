/**
 * Takes PUBLIC_GATEWAY_URL, gives the gateway's GraphQL address as browsers call it: a URL, or a path of the web's own host;
 * `/graphql` without one. Throws on a bad URL.
 */
export function publicGatewayAddress(value: string | undefined): string {
  if (!value) return '/graphql';
  if (value.startsWith('/')) return value;
  const url = new URL(value);
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.href;
}
