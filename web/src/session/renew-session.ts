import 'server-only';
import { ask, type Caller, change } from '../gateway/client.ts';
import { hasCode } from '../gateway/faults.ts';
import { RefreshTokensMutation, WhoAmIQuery } from '../gateway/operations.ts';
import { hasEnded } from './ended-sessions.ts';
import type { TokensFragment } from './generated/documents.ts';

export type Renewal =
  | { kind: 'unchanged' }
  | { kind: 'renewed'; tokens: TokensFragment }
  | { kind: 'ended' }
  | { kind: 'unavailable' };

// A page and its parts ask at once: one refresh token is spent once here. Two browsers' tabs that reach
// two servers are the API's to forgive (it does, for ten seconds).
const underWay = new Map<string, Promise<Renewal>>();

function refresh(refreshToken: string, caller: Caller): Promise<Renewal> {
  const running = underWay.get(refreshToken);
  if (running) return running;
  const renewal = spend(refreshToken, caller).finally(() => underWay.delete(refreshToken));
  underWay.set(refreshToken, renewal);
  return renewal;
}

async function spend(refreshToken: string, caller: Caller): Promise<Renewal> {
  const { data, faults } = await change(RefreshTokensMutation, { input: { refreshToken } }, caller);
  if (data?.refreshTokens) {
    const { tokens } = data.refreshTokens;
    return hasEnded(tokens.accessToken) ? { kind: 'ended' } : { kind: 'renewed', tokens };
  }
  const refused = hasCode(faults, 'UNAUTHENTICATED') || hasCode(faults, 'BAD_USER_INPUT');
  return { kind: refused ? 'ended' : 'unavailable' };
}

async function isRefused(caller: Caller): Promise<boolean | 'unavailable'> {
  const { data, faults } = await ask(WhoAmIQuery, {}, caller);
  if (hasCode(faults, 'UNAUTHENTICATED')) return true;
  return data ? false : 'unavailable';
}

/**
 * Takes a request's tokens, gives what became of the session. Renews when the access token is gone; with
 * `doubt` (a page saw the token refused) asks the gateway first, so that a forged doubt costs nothing.
 */
export async function renewSession(o: {
  accessToken: string | undefined;
  refreshToken: string | undefined;
  doubt: boolean;
  caller: Caller;
}): Promise<Renewal> {
  if (o.accessToken && !o.doubt) return { kind: 'unchanged' };
  if (o.accessToken) {
    const refused = await isRefused({ ...o.caller, accessToken: o.accessToken });
    if (refused === 'unavailable') return { kind: 'unavailable' };
    if (!refused) return { kind: 'unchanged' };
  }
  if (!o.refreshToken) return { kind: o.accessToken ? 'ended' : 'unchanged' };

  const renewal = await refresh(o.refreshToken, o.caller);
  if (renewal.kind !== 'renewed' || !o.doubt) return renewal;
  // A fresh token that is refused too would send the browser round in circles.
  const refused = await isRefused({ ...o.caller, accessToken: renewal.tokens.accessToken });
  return refused === true ? { kind: 'ended' } : renewal;
}
