/** Takes MEDIA_ORIGIN (one or more URLs, comma or space apart), gives their origins; what is no http URL is left out. */
export function mediaOrigins(value: string | undefined): string[] {
  const origins = (value ?? '').split(/[\s,]+/).flatMap((part) => {
    const url = URL.parse(part);
    return url && (url.protocol === 'http:' || url.protocol === 'https:') ? [url.origin] : [];
  });
  return [...new Set(origins)];
}

/**
 * Takes the gateway's address for browsers, gives the origins that pages call there, for requests and for sockets. On the
 * web's own host only the latter has to be named: not every browser counts sockets to 'self'.
 */
export function gatewayOrigins(address: string, host: string | null, secure: boolean): string[] {
  if (address.startsWith('/'))
    return /^[\w.:[\]-]+$/.test(host ?? '') ? [`${secure ? 'wss' : 'ws'}://${host}`] : [];
  const { origin } = new URL(address);
  return [origin, origin.replace(/^http/, 'ws')];
}

/**
 * Gives the policy of one answer: scripts by nonce; pictures from here, the media origins and those that somebody is about to send; calls
 * to here, the gateway and the media origins, to which pictures are sent; nothing else remote.
 */
export function contentSecurityPolicy(o: {
  nonce: string;
  media: string[];
  gateway: string[];
  secure: boolean;
  development: boolean;
}): string {
  const called = [...new Set([...o.gateway, ...o.media])].map((origin) => ` ${origin}`).join('');
  const media = o.media.map((origin) => ` ${origin}`).join('');
  // React rebuilds server stacks with eval in development, and the dev server injects styles and a socket.
  const evaluate = o.development ? " 'unsafe-eval'" : '';
  return [
    `default-src 'none'`,
    `script-src 'self' 'nonce-${o.nonce}' 'strict-dynamic'${evaluate}`,
    o.development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${o.nonce}'`,
    `img-src 'self' data: blob:${media}`,
    `media-src 'self'${media}`,
    `font-src 'self'`,
    `connect-src 'self'${called}${o.development ? ' ws:' : ''}`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
    ...(o.secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
