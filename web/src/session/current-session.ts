import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { ask, type Caller } from '../gateway/client.ts';
import { hasCode } from '../gateway/faults.ts';
import { ViewerQuery } from '../gateway/operations.ts';
import { callerOf } from './caller.ts';
import { sessionCookies } from './cookies.ts';
import type { ViewerFragment } from './generated/documents.ts';
import { SESSION_STATE_HEADER } from './state-header.ts';

/** Who is signed in, as pages show them. */
export type Viewer = ViewerFragment;

export type Session =
  | { state: 'signedOut' }
  | { state: 'signedIn'; viewer: Viewer | null; unread: number }
  | { state: 'refused' }
  | { state: 'unavailable' };

/** Gives who asks, for calls to the gateway; the proxy has renewed the token already. */
export const currentCaller = cache(async (): Promise<Caller> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return callerOf(head, jar.get(sessionCookies(head).access)?.value);
});

/** Gives the session of this request, asked for once however many parts of the page want it. */
export const currentSession = cache(async (): Promise<Session> => {
  if ((await headers()).get(SESSION_STATE_HEADER) === 'unavailable') return { state: 'unavailable' };
  const caller = await currentCaller();
  if (!caller.accessToken) return { state: 'signedOut' };
  const { data, faults } = await ask(ViewerQuery, {}, caller);
  if (hasCode(faults, 'UNAUTHENTICATED')) return { state: 'refused' };
  if (!data) return { state: 'unavailable' };
  return {
    state: 'signedIn',
    viewer: data.viewer ?? null,
    unread: data.notifications?.unreadCount ?? 0,
  };
});

/** As currentSession; a refused token sends the browser to the proxy, which alone may write cookies here. */
export async function sessionFor(path: `/${string}`): Promise<Exclude<Session, { state: 'refused' }>> {
  const session = await currentSession();
  if (session.state === 'refused') redirect(`${path}${path.includes('?') ? '&' : '?'}renew=1`);
  return session;
}

/** As sessionFor, for pages that are nobody's without a session: others are asked to sign in and come back. */
export async function signedInFor(
  path: `/${string}`,
): Promise<Extract<Session, { state: 'signedIn' | 'unavailable' }>> {
  const session = await sessionFor(path);
  if (session.state === 'signedOut') redirect(`/sign-in?to=${encodeURIComponent(path)}`);
  return session;
}
