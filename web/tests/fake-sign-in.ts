import { decodeGlobalId } from '@socialhub/platform/global-ids/codec';
import { person } from './fake-objects.ts';
import { badUserInput, nextId, nextNumber, refuse } from './fake-results.ts';
import type { Call, FakeAccount, FakeSession, FakeState, FakeUser } from './fake-state.ts';
import { spendCode } from './fake-two-factor.ts';

/** Somebody who has an account, as a registration before the test would have left it. */
export function addAccount(
  state: FakeState,
  user: FakeUser,
  password: string,
  more: Partial<FakeAccount> = {},
) {
  const email = `${user.username}@example.org`;
  const createdAt = '2026-01-01T00:00:00.000Z';
  const account: FakeAccount = {
    id: nextId('Account'),
    user,
    password,
    email,
    emailVerified: false,
    createdAt,
    twoFactor: null,
    passkeys: [],
    pendingEmailChange: null,
    role: 'MEMBER',
    ...more,
  };
  state.users.set(user.username, account);
  return account;
}

/** Opens a session, or goes on with one. */
export function issueTokens(state: FakeState, user: FakeUser, from: Partial<FakeSession> = {}) {
  const now = new Date().toISOString();
  const session: FakeSession = {
    id: nextId('Session'),
    userAgent: null,
    ipAddress: '192.0.2.7',
    createdAt: now,
    ...from,
    user,
    refreshToken: `refresh-${nextNumber()}`,
    lastUsedAt: from.lastUsedAt ?? now,
  };
  const expiresIn = state.lifetimes.at(-1) ?? 900;
  const role = state.users.get(user.username)?.role ?? 'MEMBER';
  const sub = decodeGlobalId(user.id)?.uuid;
  const claims = { sub, sid: session.id, role, exp: Math.floor(Date.now() / 1000) + expiresIn };
  const accessToken = `access-${nextNumber()}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  state.sessions.set(session.refreshToken, session);
  state.accessTokens.set(accessToken, session);
  return {
    accessToken,
    accessTokenExpiresAt: new Date(Date.now() + expiresIn * 1000).toISOString(),
    refreshToken: session.refreshToken,
    refreshTokenExpiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  };
}

/** The part of the graph by which one comes and goes. */
export function signInRoots(
  state: FakeState,
  call: Call,
  session: FakeSession | undefined,
  userAgent: string | null,
) {
  return {
    register: call('register', ({ input }: { input: Record<string, string> }) => {
      const { username = '', password = '', displayName = '' } = input;
      if (password.length < 8) {
        throw badUserInput('input.password', 'takes at least 8 characters');
      }
      if (state.users.has(username)) {
        throw refuse('CONFLICT', 'This username is taken', { field: 'input.username' });
      }
      const { user } = addAccount(state, person(username, displayName || username), password, {
        email: input.email ?? '',
      });
      return { tokens: issueTokens(state, user, { userAgent }), user };
    }),
    logIn: call('logIn', ({ input }: { input: Record<string, string> }) => {
      const known = state.users.get(input.identifier ?? '');
      if (!known || known.password !== input.password) throw refuse('UNAUTHENTICATED', 'No such account.');
      spendCode(known, input.twoFactorCode, () =>
        refuse('UNAUTHENTICATED', 'This code is not right, or was used', { field: 'input.twoFactorCode' }),
      );
      return { tokens: issueTokens(state, known.user, { userAgent }), user: known.user };
    }),
    refreshTokens: call('refreshTokens', ({ input }: { input: { refreshToken: string } }) => {
      // As the API does within ten seconds, a token that two tabs spend at once is forgiven.
      const found = state.sessions.get(input.refreshToken);
      if (!found) throw refuse('UNAUTHENTICATED', 'This session has ended.');
      return { tokens: issueTokens(state, found.user, found) };
    }),
    logOut: call('logOut', () => {
      if (!session) throw refuse('UNAUTHENTICATED', 'Sign in first.');
      state.sessions.delete(session.refreshToken);
      for (const [token, open] of state.accessTokens) {
        if (open === session) state.accessTokens.delete(token);
      }
      return { ended: true };
    }),
  };
}
