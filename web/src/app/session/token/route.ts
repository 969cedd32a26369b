import { encodeGlobalId } from '@socialhub/platform/global-ids/codec';
import { isUuid } from '@socialhub/platform/ids';
import { cookies, headers } from 'next/headers';
import { callerOf } from '../../../session/caller.ts';
import { sessionCookies } from '../../../session/cookies.ts';
import { renewSession } from '../../../session/renew-session.ts';
import { SESSION_STATE_HEADER } from '../../../session/state-header.ts';
import { claimOf } from '../../../session/token-claims.ts';
import { secondsLeft } from '../../../session/token-expiry.ts';
import { TOKEN_HEADER } from '../../../session/token-request.ts';
import { forgetSession, writeSession } from '../../../session/write-session.ts';

const noStore = { 'cache-control': 'no-store' };

/**
 * Gives a page's script the access token of the session, whose it is, and for how many seconds it is good: 204 when nobody is signed
 * in, which is no fault that a browser reports, 503 while that cannot be told. The proxy has refused whoever may not ask, and renewed what had to be.
 */
export async function POST(): Promise<Response> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const names = sessionCookies(head);
  let accessToken = jar.get(names.access)?.value;
  if (head.get(TOKEN_HEADER) === 'doubted') {
    const refreshToken = jar.get(names.refresh)?.value;
    const renewal = await renewSession({ accessToken, refreshToken, doubt: true, caller: callerOf(head) });
    if (renewal.kind === 'unavailable') return answer(503);
    if (renewal.kind === 'ended') {
      await forgetSession();
      return answer(204);
    }
    if (renewal.kind === 'renewed') {
      await writeSession(renewal.tokens);
      accessToken = renewal.tokens.accessToken;
    }
  }
  if (head.get(SESSION_STATE_HEADER) === 'unavailable') return answer(503);
  if (!accessToken) return answer(204);
  const given = { accessToken, viewerId: viewerOf(accessToken), expiresIn: secondsLeft(accessToken) };
  return Response.json(given, { headers: noStore });
}

/** Whose a token says it is, unverified; null in doubt. */
function viewerOf(accessToken: string): string | null {
  const sub = claimOf(accessToken, 'sub');
  return typeof sub === 'string' && isUuid(sub) ? encodeGlobalId('User', sub) : null;
}

const answer = (status: number) => new Response(null, { status, headers: noStore });
