import 'server-only';

/** Gives the gateway's GraphQL address from GATEWAY_URL, read now: one build serves any port. Throws on a bad URL. */
export function gatewayAddress(): string {
  const url = new URL(process.env.GATEWAY_URL || 'http://127.0.0.1:4000');
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.href;
}
