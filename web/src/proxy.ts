import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, gatewayOrigins, mediaOrigins } from './content-security-policy.ts';
import { publicGatewayAddress } from './gateway/public-address.ts';
import { callerOf } from './session/caller.ts';
import { type CookieToSet, cookiesOf, forgottenCookies, sessionCookies } from './session/cookies.ts';
import { mailCookie, mailLinkOf } from './session/mail-link.ts';
import { renewSession } from './session/renew-session.ts';
import { SESSION_STATE_HEADER } from './session/state-header.ts';
import { TOKEN_PATH, tokenRefusal } from './session/token-request.ts';
import { vouchOnVercel } from './session/vouch-on-vercel.ts';

/**
 * Runs once before every page and action: renews the session while cookies can still be written (pages
 * cannot), and gives the answer its Content-Security-Policy.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const names = sessionCookies(request.headers);
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const doubt = reading && request.nextUrl.searchParams.has('renew');

  const refusal =
    request.nextUrl.pathname === TOKEN_PATH ? tokenRefusal(request.method, request.headers) : null;
  if (refusal) return new NextResponse(null, { status: refusal, headers: { 'cache-control': 'no-store' } });

  const withoutToken = reading ? takeMailToken(request) : null;
  if (withoutToken) return withoutToken;

  vouchOnVercel(request.headers);
  const renewal = await renewSession({
    accessToken: request.cookies.get(names.access)?.value,
    refreshToken: request.cookies.get(names.refresh)?.value,
    doubt,
    caller: callerOf(request.headers),
  });

  const cookies: CookieToSet[] = [];
  if (renewal.kind === 'renewed') cookies.push(...cookiesOf(names, renewal.tokens));
  if (renewal.kind === 'ended') cookies.push(...forgottenCookies(names));

  const goTo = destination(request, renewal.kind, doubt, reading);
  if (goTo) return withCookies(NextResponse.redirect(goTo, 303), cookies);

  // What renders next must see the session as it is now.
  for (const cookie of cookies) {
    if (cookie.maxAge > 0) request.cookies.set(cookie.name, cookie.value);
    else request.cookies.delete(cookie.name);
  }
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString('base64'),
    media: mediaOrigins(process.env.MEDIA_ORIGIN),
    gateway: gatewayOrigins(
      publicGatewayAddress(process.env.PUBLIC_GATEWAY_URL),
      request.headers.get('host'),
      names.secure,
    ),
    secure: names.secure,
    development: process.env.NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.delete(SESSION_STATE_HEADER);
  if (renewal.kind === 'unavailable') headers.set(SESSION_STATE_HEADER, 'unavailable');
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (names.secure) response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  return withCookies(response, cookies);
}

// A link out of a mail changes nothing by being followed: scanners follow them too.
function takeMailToken(request: NextRequest): NextResponse | null {
  const link = mailLinkOf(request.nextUrl.pathname);
  const token = request.nextUrl.searchParams.get('token');
  if (link === null || token === null) return null;
  const url = request.nextUrl.clone();
  url.search = '';
  const response = NextResponse.redirect(url, 303);
  response.headers.set('cache-control', 'no-store');
  response.headers.set('referrer-policy', 'no-referrer');
  return withCookies(response, [mailCookie(request.headers, link, token)]);
}

function destination(
  request: NextRequest,
  kind: 'unchanged' | 'renewed' | 'ended' | 'unavailable',
  doubt: boolean,
  reading: boolean,
): URL | null {
  const url = request.nextUrl.clone();
  if (reading && kind === 'ended' && (doubt || url.pathname === '/')) {
    url.pathname = '/sign-in';
    url.search = '?reason=ended';
    return url;
  }
  if (doubt && kind !== 'unavailable') {
    url.searchParams.delete('renew');
    return url;
  }
  return null;
}

function withCookies(response: NextResponse, cookies: CookieToSet[]): NextResponse {
  for (const cookie of cookies) response.cookies.set(cookie);
  return response;
}

export const config = {
  matcher: ['/((?!_next/static|livez|icons/|icon.svg|favicon.ico|manifest.webmanifest|offline-worker.js).*)'],
};
