import { ownAccount } from './fake-account.ts';
import { thing } from './fake-people.ts';
import { badUserInput, nextId, refuse } from './fake-results.ts';
import type { Call, FakeAccount, FakeSession, FakeState, FakeUser, Page, PageArgs } from './fake-state.ts';

/** The part of the graph that is about moderating people and what they write. */
export function moderationRoots(state: FakeState, call: Call, session: FakeSession | undefined, page: Page) {
  type Input<Field extends string> = { input: Record<Field, string> };
  const viewer = () => ownAccount(state, session).account;
  const accountOf = (id: string) => {
    const account = [...state.users.values()].find((one) => one.user.id === id);
    if (!account) throw refuse('NOT_FOUND', 'User not found');
    return account;
  };
  const onlyAdmins = () => {
    if (viewer().role !== 'ADMIN') throw refuse('FORBIDDEN', 'For admins');
  };

  function moderating(action: string, subject: FakeUser | null, reason: string | null) {
    const { role, user } = viewer();
    if (role === 'MEMBER') throw refuse('FORBIDDEN', 'Not for members');
    if (reason !== null && reason.trim() === '')
      throw badUserInput('input.reason', 'takes at least 1 character');
    const createdAt = new Date().toISOString();
    state.audit.unshift({ id: nextId('AuditEntry'), createdAt, actor: user, action, subject, reason });
  }

  const remove = (what: 'post' | 'comment', id: string, reason: string) => {
    const found = thing(state, what, id);
    moderating(`${what.toUpperCase()}_REMOVED`, found.author, reason);
    found.removal = { removedAt: new Date().toISOString(), reason };
    return { standing: found };
  };
  const restore = (what: 'post' | 'comment', id: string) => {
    const found = thing(state, what, id);
    moderating(`${what.toUpperCase()}_RESTORED`, found.author, null);
    found.removal = null;
    return { standing: found };
  };

  return {
    removePost: call('removePost', ({ input }: Input<'postId' | 'reason'>) =>
      remove('post', input.postId, input.reason),
    ),
    restorePost: call('restorePost', ({ input }: Input<'postId'>) => restore('post', input.postId)),
    removeComment: call('removeComment', ({ input }: Input<'commentId' | 'reason'>) =>
      remove('comment', input.commentId, input.reason),
    ),
    restoreComment: call('restoreComment', ({ input }: Input<'commentId'>) =>
      restore('comment', input.commentId),
    ),
    suspendAccount: call('suspendAccount', ({ input: { userId, reason } }: Input<'userId' | 'reason'>) => {
      moderating('ACCOUNT_SUSPENDED', accountOf(userId).user, reason);
      state.suspended.set(userId, reason);
      return { standing: { role: 'MEMBER' } };
    }),
    reinstateAccount: call('reinstateAccount', ({ input: { userId } }: Input<'userId'>) => {
      moderating('ACCOUNT_REINSTATED', accountOf(userId).user, null);
      state.suspended.delete(userId);
      return { standing: { role: 'MEMBER' } };
    }),
    accountStanding: call('accountStanding', ({ userId }: { userId: string }) => {
      if (viewer().role === 'MEMBER') throw refuse('FORBIDDEN', 'Not for members');
      const suspendedReason = state.suspended.get(userId) ?? null;
      const suspendedAt = suspendedReason === null ? null : '2026-05-12T10:00:00.000Z';
      return { role: accountOf(userId).role, suspendedAt, suspendedReason };
    }),
    setRole: call(
      'setRole',
      ({ input: { userId, role } }: { input: { userId: string; role: FakeAccount['role'] } }) => {
        onlyAdmins();
        if (!['MEMBER', 'MODERATOR', 'ADMIN'].includes(role)) throw badUserInput('input.role', 'is none');
        accountOf(userId).role = role;
        return { standing: { role } };
      },
    ),
    auditLog: call('auditLog', (args: PageArgs) => {
      onlyAdmins();
      return page(state.audit, args);
    }),
    accountErasures: call('accountErasures', (args: PageArgs) => {
      onlyAdmins();
      return page(state.erasures, args);
    }),
  };
}
