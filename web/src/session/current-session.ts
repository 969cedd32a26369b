import 'server-only';
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { ask, type Caller, type Outcome } from '../gateway/client.ts';
import { type Fault, hasCode } from '../gateway/faults.ts';
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

/** What the request says of its session, which the gateway has not been asked about. */
export const presumedState = cache(async (): Promise<'signedIn' | 'signedOut' | 'unavailable'> => {
  if ((await headers()).get(SESSION_STATE_HEADER) === 'unavailable') return 'unavailable';
  return (await currentCaller()).accessToken ? 'signedIn' : 'signedOut';
});

/** Gives the session of this request, asked for once however many parts of the page want it. */
export const currentSession = cache(async (): Promise<Session> => {
  const state = await presumedState();
  if (state !== 'signedIn') return { state };
  const { data, faults } = await ask(ViewerQuery, {}, await currentCaller());
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
  if (session.state === 'signedOut') redirect(signInPath(path));
  return session;
}

/**
 * As sessionFor, of what a page asks anyhow: whoever moves about within the site is asked for once with each page, in its own document (0225). `viewer`
 * is what that asks of them.
 */
export async function sessionOf<V>(
  path: `/${string}`,
  asked: Promise<Outcome<{ viewer: V | null }>>,
): Promise<{ state: 'signedOut' | 'unavailable' } | { state: 'signedIn'; viewer: V | null }> {
  const [state, { data, faults }] = await Promise.all([presumedState(), asked]);
  if (state !== 'signedIn') return { state };
  await renewIfRefused(path, faults);
  return data ? { state, viewer: data.viewer } : { state: 'unavailable' };
}

/** What a page reads; whether the token was refused it tells too. */
export async function readFor<Data>(
  path: `/${string}`,
  read: () => Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  const outcome = await read();
  await renewIfRefused(path, outcome.faults);
  return outcome;
}

/** What a page that is nobody's without a session reads, and by which it is told of: others are asked to sign in and come back. */
export async function readSignedIn<Data>(
  path: `/${string}`,
  read: () => Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  const state = await presumedState();
  if (state === 'signedOut') redirect(signInPath(path));
  if (state === 'unavailable') return { data: null, faults: [unavailable] };
  return readFor(path, read);
}

/** As readSignedIn, of one document. */
export const askSignedIn = <Data, Variables extends OperationVariables>(
  path: `/${string}`,
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Outcome<Data>> => readSignedIn(path, async () => ask(query, variables, await currentCaller()));

const unavailable: Fault = { code: 'UNAVAILABLE', message: '', field: null, retryAfter: null };

/** Of a question a part may be refused to whoever is signed in: nobody is sent round in circles, the session itself is asked for. */
async function renewIfRefused(path: `/${string}`, faults: Fault[]): Promise<void> {
  if ((await presumedState()) === 'signedIn' && hasCode(faults, 'UNAUTHENTICATED')) await sessionFor(path);
}

const signInPath = (path: string) => `/sign-in?to=${encodeURIComponent(path)}`;
