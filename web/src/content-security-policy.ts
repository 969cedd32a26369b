/** Takes MEDIA_ORIGIN (one or more URLs, comma or space apart), gives their origins; what is no http URL is left out. */
export function mediaOrigins(value: string | undefined): string[] {
  const origins = (value ?? '').split(/[\s,]+/).flatMap((part) => {
    const url = URL.parse(part);
    return url && (url.protocol === 'http:' || url.protocol === 'https:') ? [url.origin] : [];
  });
  return [...new Set(origins)];
}

/** Gives the policy of one answer: scripts by nonce, pictures from here and the media origins, nothing else remote. */
export function contentSecurityPolicy(o: {
  nonce: string;
  media: string[];
  secure: boolean;
  development: boolean;
}): string {
  const media = o.media.map((origin) => ` ${origin}`).join('');
  // React rebuilds server stacks with eval in development, and the dev server injects styles and a socket.
  const evaluate = o.development ? " 'unsafe-eval'" : '';
  return [
    `default-src 'none'`,
    `script-src 'self' 'nonce-${o.nonce}' 'strict-dynamic'${evaluate}`,
    o.development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${o.nonce}'`,
    `img-src 'self' data:${media}`,
    `media-src 'self'${media}`,
    `font-src 'self'`,
    o.development ? `connect-src 'self' ws:` : `connect-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
    ...(o.secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
