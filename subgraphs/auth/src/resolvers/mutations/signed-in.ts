import type { Context } from '../../context.ts';
import { signAccessToken } from '../../domain/sessions/access-token.ts';
import type { OpenSession } from '../../domain/sessions/open-session.ts';
import type { SignIn } from '../../domain/sign-in/log-in.ts';
import type { AccountRow } from '../../store/accounts/accounts.ts';

/** What whoever has signed in is given. */
export async function signedIn(context: Context, { account: row, session }: SignIn) {
  return {
    tokens: await tokensOf(context, row.role, session),
    account: { row, currentSessionId: session.sessionId },
    user: { id: row.id },
  };
}

/** A session's tokens: the access token is signed, the refresh token is the session's. */
export async function tokensOf(
  { keyring, tokenSettings }: Context,
  role: AccountRow['role'],
  session: OpenSession,
) {
  return {
    ...(await signAccessToken(keyring, tokenSettings, { ...session, role })),
    refreshToken: session.refreshToken,
    refreshTokenExpiresAt: session.expiresAt,
  };
}
