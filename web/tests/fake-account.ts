import { badUserInput, nextId, refuse } from './fake-answers.ts';
import type { Call, FakeMail, FakeSession, FakeState } from './fake-gateway.ts';

/** The account of a session; throws UNAUTHENTICATED without one. */
export function ownAccount(state: FakeState, session: FakeSession | undefined) {
  const account = session && state.users.get(session.user.username);
  if (!account) throw refuse('UNAUTHENTICATED', 'Sign in first.');
  return { account, session };
}

/** The part of the graph that is about one's own account. */
export function accountRoots(state: FakeState, call: Call, session: FakeSession | undefined) {
  const own = () => ownAccount(state, session);

  function takeMail(kind: FakeMail['kind'], token: string) {
    const index = state.mails.findIndex((mail) => mail.kind === kind && mail.token === token);
    const [mail] = index < 0 ? [] : state.mails.splice(index, 1);
    const account = [...state.users.values()].find(({ email }) => email === mail?.to);
    if (!account) throw badUserInput('token', 'is not valid: it was used, or is too old');
    return account;
  }

  const send = (kind: FakeMail['kind'], to: string) => {
    state.mails.push({ kind, to, token: `token-${nextId()}` });
    return { ok: true };
  };

  const checkPassword = (password: string) => {
    if (password.length < 8) throw badUserInput('newPassword', 'takes at least 8 characters');
  };

  function endSessions(keep: (open: FakeSession) => boolean) {
    for (const part of [state.sessions, state.accessTokens]) {
      for (const [token, open] of part) if (!keep(open)) part.delete(token);
    }
  }

  return {
    account: call('account', () => {
      const { account, session: current } = own();
      const open = new Map([...state.sessions.values()].map((one) => [one.id, one]));
      const sessions = [...open.values()]
        .filter(({ user }) => user === account.user)
        .map((one) => ({ ...one, expiresAt: one.lastUsedAt, current: one.id === current.id }));
      const on = account.twoFactor?.on === true;
      return {
        ...account,
        id: account.user.id,
        twoFactorEnabled: on,
        recoveryCodesLeft: on ? account.twoFactor?.codes.length : null,
        sessions,
      };
    }),
    requestEmailVerification: call('requestEmailVerification', () =>
      send('VERIFY_EMAIL', own().account.email),
    ),
    verifyEmail: call('verifyEmail', ({ token }: { token: string }) => {
      takeMail('VERIFY_EMAIL', token).emailVerified = true;
      return { ok: true };
    }),
    requestPasswordReset: call('requestPasswordReset', ({ email }: { email: string }) =>
      send('RESET_PASSWORD', email),
    ),
    resetPassword: call('resetPassword', (args: { token: string; newPassword: string }) => {
      checkPassword(args.newPassword);
      const account = takeMail('RESET_PASSWORD', args.token);
      account.password = args.newPassword;
      endSessions(({ user }) => user !== account.user);
      return { ok: true };
    }),
    changePassword: call('changePassword', (args: { currentPassword: string; newPassword: string }) => {
      checkPassword(args.newPassword);
      const { account, session: current } = own();
      if (args.currentPassword !== account.password)
        throw badUserInput('currentPassword', 'is not the password');
      account.password = args.newPassword;
      endSessions(({ user, id }) => user !== account.user || id === current.id);
      return { account: { id: account.user.id } };
    }),
    endAllSessions: call('endAllSessions', ({ exceptCurrent }: { exceptCurrent: boolean }) => {
      const { account, session: current } = own();
      endSessions(({ user, id }) => user !== account.user || (exceptCurrent && id === current.id));
      return { account: { id: account.user.id } };
    }),
    revokeSession: call('revokeSession', ({ sessionId }: { sessionId: string }) => {
      const { account } = own();
      const found = [...state.sessions.values()].some(
        ({ id, user }) => id === sessionId && user === account.user,
      );
      if (!found) throw refuse('NOT_FOUND', 'Session not found');
      endSessions(({ id }) => id !== sessionId);
      return { account: { id: account.user.id } };
    }),
  };
}
