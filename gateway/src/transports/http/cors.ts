import type { IncomingMessage } from 'node:http';

/** Which web pages may call the gateway. */
export interface Cors {
  /** The headers that let the page read the answer; none for pages that may not. */
  headersFor(request: IncomingMessage): Record<string, string>;
  preflightHeadersFor(request: IncomingMessage): Record<string, string>;
  /** Whether a socket may be opened. Not a page's request (no Origin), from a page of the gateway's own, or listed. */
  allowsSocket(request: IncomingMessage): boolean;
}

const allowedRequestHeaders = [
  // Of which browsers ask first where it has quotes in it, as the multipart protocol writes its version.
  'accept',
  'authorization',
  'content-type',
  'x-request-id',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollographql-client-name',
  'apollographql-client-version',
];

const varying = { vary: 'Origin' };
const none = {};

/** Exact origins only. Credentials are never allowed: the gateway takes no cookie. */
export function createCors(origins: readonly string[]): Cors {
  const listed = new Set(origins);
  const isListed = (origin: string | undefined): origin is string =>
    origin !== undefined && listed.has(origin);

  return {
    headersFor({ headers: { origin } }) {
      // Where no page may, the answer is the same for all of them.
      if (listed.size === 0) return none;
      if (!isListed(origin)) return varying;
      return {
        ...varying,
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'x-request-id, retry-after',
      };
    },
    preflightHeadersFor({ headers: { origin } }) {
      const vary = { vary: 'Origin, Access-Control-Request-Headers' };
      if (!isListed(origin)) return vary;
      return {
        ...vary,
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': allowedRequestHeaders.join(', '),
        'access-control-max-age': '7200',
      };
    },
    allowsSocket({ headers: { origin, host } }) {
      if (origin === undefined || isListed(origin)) return true;
      return URL.canParse(origin) && new URL(origin).host === host;
    },
  };
}
