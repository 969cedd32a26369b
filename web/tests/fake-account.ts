import { badUserInput, nextNumber, refuse } from './fake-results.ts';
import type { Call, FakeMail, FakeSession, FakeState, Page, PageArgs } from './fake-state.ts';

/** The account of a session; throws UNAUTHENTICATED without one. */
export function ownAccount(state: FakeState, session: FakeSession | undefined) {
  const account = session && state.users.get(session.user.username);
  if (!account) throw refuse('UNAUTHENTICATED', 'Sign in first.');
  return { account, session };
}

/** The part of the graph that is about one's own account. */
export function accountRoots(state: FakeState, call: Call, session: FakeSession | undefined, page: Page) {
  type Input<Field extends string> = { input: Record<Field, string> };
  const own = () => ownAccount(state, session);

  function takeMail(kind: FakeMail['kind'], token: string) {
    const index = state.mails.findIndex((mail) => mail.kind === kind && mail.token === token);
    const [mail] = index < 0 ? [] : state.mails.splice(index, 1);
    const account = [...state.users.values()].find(({ email }) => email === mail?.to);
    if (!account) throw badUserInput('input.token', 'is not valid: it was used, or is too old');
    return account;
  }

  const send = (kind: FakeMail['kind'], to: string) => {
    state.mails.push({ kind, to, token: `token-${nextNumber()}` });
    return { sent: true };
  };

  const checkPassword = (password: string) => {
    if (password.length < 8) throw badUserInput('input.newPassword', 'takes at least 8 characters');
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
        twoFactorEnabled: on,
        recoveryCodesLeft: on ? account.twoFactor?.codes.length : null,
        sessions: (args: PageArgs) => page(sessions, args),
      };
    }),
    requestEmailVerification: call('requestEmailVerification', () => {
      const { email, emailVerified } = own().account;
      return emailVerified ? { sent: false } : send('VERIFY_EMAIL', email);
    }),
    verifyEmail: call('verifyEmail', ({ input }: Input<'token'>) => {
      takeMail('VERIFY_EMAIL', input.token).emailVerified = true;
      return { verified: true };
    }),
    requestPasswordReset: call('requestPasswordReset', ({ input }: Input<'email'>) =>
      send('RESET_PASSWORD', input.email),
    ),
    resetPassword: call('resetPassword', ({ input }: Input<'token' | 'newPassword'>) => {
      checkPassword(input.newPassword);
      const account = takeMail('RESET_PASSWORD', input.token);
      account.password = input.newPassword;
      endSessions(({ user }) => user !== account.user);
      return { reset: true };
    }),
    changePassword: call('changePassword', ({ input }: Input<'currentPassword' | 'newPassword'>) => {
      checkPassword(input.newPassword);
      const { account, session: current } = own();
      if (input.currentPassword !== account.password)
        throw badUserInput('input.currentPassword', 'is not the password');
      account.password = input.newPassword;
      endSessions(({ user, id }) => user !== account.user || id === current.id);
      return { account: { id: account.id } };
    }),
    endAllSessions: call('endAllSessions', ({ input }: { input: { exceptCurrent: boolean } }) => {
      const { account, session: current } = own();
      endSessions(({ user, id }) => user !== account.user || (input.exceptCurrent && id === current.id));
      return { account: { id: account.id } };
    }),
    revokeSession: call('revokeSession', ({ input: { sessionId } }: Input<'sessionId'>) => {
      const { account } = own();
      const found = [...state.sessions.values()].some(
        ({ id, user }) => id === sessionId && user === account.user,
      );
      if (!found) throw refuse('NOT_FOUND', 'Session not found');
      endSessions(({ id }) => id !== sessionId);
      return { account: { id: account.id } };
    }),
  };
}
