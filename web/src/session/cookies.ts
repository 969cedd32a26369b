import type { TokensFragment } from './generated/documents.ts';

/** The names of a session's two cookies on this host, and whether they travel over HTTPS alone. */
export interface SessionCookies {
  access: string;
  refresh: string;
  secure: boolean;
}

export interface CookieToSet {
  name: string;
  value: string;
  httpOnly: true;
  sameSite: 'lax';
  secure: boolean;
  path: '/';
  maxAge: number;
}

// The browser forgets the access token this much before it expires, so that the absence of the cookie is
// the sign to renew, and no clock but the server's is asked.
const RENEW_BEFORE_EXPIRY_S = 30;

/** Takes a request's headers, gives its cookie names: `__Host-` over HTTPS; the port keeps copies on one host apart. */
export function sessionCookies(headers: Headers): SessionCookies {
  const secure = headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
  const port = /:(\d+)$/.exec(headers.get('host') ?? '')?.[1];
  const prefix = `${secure ? '__Host-' : ''}socialhub`;
  const suffix = port ? `-${port}` : '';
  return { access: `${prefix}-access${suffix}`, refresh: `${prefix}-refresh${suffix}`, secure };
}

const secondsUntil = (time: string, now: number) => Math.floor((Date.parse(time) - now) / 1000);

/** Takes new tokens, gives the cookies that hold them: HttpOnly, SameSite=Lax, gone when the token is. */
export function cookiesOf(names: SessionCookies, tokens: TokensFragment, now = Date.now()): CookieToSet[] {
  const common = { httpOnly: true, sameSite: 'lax', secure: names.secure, path: '/' } as const;
  const accessAge = Math.max(1, secondsUntil(tokens.accessTokenExpiresAt, now) - RENEW_BEFORE_EXPIRY_S);
  const refreshAge = Math.max(1, secondsUntil(tokens.refreshTokenExpiresAt, now));
  return [
    { ...common, name: names.access, value: tokens.accessToken, maxAge: accessAge },
    { ...common, name: names.refresh, value: tokens.refreshToken, maxAge: refreshAge },
  ];
}

/** Gives the cookies that make a browser forget the session. */
export function forgottenCookies(names: SessionCookies): CookieToSet[] {
  const common = { httpOnly: true, sameSite: 'lax', secure: names.secure, path: '/', maxAge: 0 } as const;
  return [names.access, names.refresh].map((name) => ({ ...common, name, value: '' }));
}
