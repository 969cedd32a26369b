import { decodeGlobalId } from '@socialhub/platform/global-ids/codec';
import { ownAccount } from './fake-account.ts';
import { post } from './fake-objects.ts';
import { badUserInput, nextId, refuse } from './fake-results.ts';
import type {
  Call,
  FakeAccount,
  FakeMute,
  FakePost,
  FakeSession,
  FakeState,
  FakeUser,
  Page,
  PageArgs,
} from './fake-state.ts';

export interface FakeComment {
  id: string;
  author: FakeUser | null;
  text: string;
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
  reactions: { emoji: string; count: number }[];
  viewerReactions: string[];
  removal: { removedAt: string; reason: string } | null;
}

/** Gives a comment for the fake gateway, put under the post. */
export function comment(post: FakePost, author: FakeUser | null, text: string): FakeComment {
  const createdAt = new Date().toISOString();
  const gone = { editedAt: null, deletedAt: null, removal: null };
  const made = {
    id: nextId('Comment'),
    author,
    text,
    createdAt,
    ...gone,
    reactions: [],
    viewerReactions: [],
  };
  (post.comments as { edges: unknown[] }).edges.push({ node: made, cursor: made.id });
  return made;
}

/** The part of the graph that is about other people, and about moderating them. */
export function peopleRoots(state: FakeState, call: Call, session: FakeSession | undefined, page: Page) {
  type Input<Field extends string> = { input: Record<Field, string> };
  const viewer = () => ownAccount(state, session).account;
  const pair = (id: string) => `${viewer().user.id} ${id}`;
  const accountOf = (id: string) => {
    const account = [...state.users.values()].find((one) => one.user.id === id);
    if (!account) throw refuse('NOT_FOUND', 'User not found');
    return account;
  };
  const find = (id: string) => accountOf(id).user;
  const onlyAdmins = () => {
    if (viewer().role !== 'ADMIN') throw refuse('FORBIDDEN', 'For admins');
  };

  function seen(user: FakeUser) {
    const mine = session?.user.id;
    const related = mine !== undefined && mine !== user.id;
    return {
      ...user,
      viewerRelationship: related
        ? {
            follow: state.follows.has(`${mine} ${user.id}`)
              ? 'FOLLOWING'
              : state.followRequests.has(`${mine} ${user.id}`)
                ? 'REQUESTED'
                : 'NONE',
            followedBy: state.follows.has(`${user.id} ${mine}`),
            blocking: state.blocks.has(`${mine} ${user.id}`),
            bell: state.bells.has(`${mine} ${user.id}`),
            muting: state.mutes.has(`${mine} ${user.id}`),
            mutedUntil: state.mutes.get(`${mine} ${user.id}`)?.until ?? null,
            mutingNotifications: state.mutes.get(`${mine} ${user.id}`)?.notifications ?? false,
          }
        : null,
      posts: (args: PageArgs) =>
        page(
          state.posts.filter((one) => one.author === user && !state.blocks.has(`${mine} ${user.id}`)),
          args,
        ),
    };
  }

  const set = (name: string, pairs: Set<string>, kept: boolean) =>
    call(name, ({ input: { userId } }: Input<'userId'>) => {
      const user = find(userId);
      if (name === 'ringBell' && !state.follows.has(pair(userId)))
        throw badUserInput('input.userId', 'is nobody whom you follow');
      // The bell ends with the follow.
      if (name === 'unfollowUser' || name === 'blockUser') state.bells.delete(pair(userId));
      if (kept) pairs.add(pair(userId));
      else pairs.delete(pair(userId));
      return { user: seen(user) };
    });

  const answer = (name: string, isAccepted: boolean) =>
    call(name, ({ input: { userId } }: Input<'userId'>) => {
      const asking = `${userId} ${viewer().user.id}`;
      const asked = state.followRequests.delete(asking);
      if (isAccepted && !asked) throw badUserInput('input.userId', 'has not asked to follow you');
      if (isAccepted) state.follows.add(asking);
      return { user: seen(find(userId)) };
    });

  function moderating(action: string, subject: FakeUser | null, reason: string | null) {
    const { role, user } = viewer();
    if (role === 'MEMBER') throw refuse('FORBIDDEN', 'Not for members');
    if (reason !== null && reason.trim() === '')
      throw badUserInput('input.reason', 'takes at least 1 character');
    const createdAt = new Date().toISOString();
    state.audit.unshift({ id: nextId('AuditEntry'), createdAt, actor: user, action, subject, reason });
  }

  const thing = (what: 'post' | 'comment', id: string) => {
    const all =
      what === 'post'
        ? state.posts
        : state.posts.flatMap((one) =>
            (one.comments as { edges: { node: FakeComment }[] }).edges.map((edge) => edge.node),
          );
    const found = all.find((one) => one.id === id);
    if (!found) throw refuse('NOT_FOUND', 'Not found');
    return found as FakeComment;
  };
  const postOf = (id: string) => thing('post', id) as unknown as FakePost;
  const setReposted = (found: FakePost, reposted: boolean) => {
    found.viewerHasReposted = reposted;
    found.repostCount = (found.repostCount as number) + (reposted ? 1 : -1);
  };
  const remove = (what: 'post' | 'comment', id: string, reason: string) => {
    const found = thing(what, id);
    moderating(`${what.toUpperCase()}_REMOVED`, found.author, reason);
    found.removal = { removedAt: new Date().toISOString(), reason };
    return { standing: found };
  };
  const restore = (what: 'post' | 'comment', id: string) => {
    const found = thing(what, id);
    moderating(`${what.toUpperCase()}_RESTORED`, found.author, null);
    found.removal = null;
    return { standing: found };
  };

  return {
    user: call('user', ({ username }: { username?: string }) => {
      const known = state.users.get(username ?? '');
      return known ? seen(known.user) : null;
    }),
    post: call('post', ({ id }: { id: string }) => {
      if (decodeGlobalId(id)?.type !== 'Post') throw badUserInput('id', 'has to be the id of a Post');
      const found = state.posts.find((one) => one.id === id);
      return found
        ? { ...found, viewerHasBookmarked: state.bookmarks.has(`${session?.user.id} ${id}`) }
        : null;
    }),
    bookmarks: call('bookmarks', (args: PageArgs) => {
      const { user } = viewer();
      const ids = [...state.bookmarks]
        .filter((one) => one.startsWith(user.id))
        .map((one) => one.split(' ')[1]);
      return page(
        ids.reverse().flatMap((id) => state.posts.filter((one) => one.id === id)),
        args,
      );
    }),
    bookmarkPost: call('bookmarkPost', ({ input: { postId } }: Input<'postId'>) => {
      const found = thing('post', postId);
      state.bookmarks.add(pair(postId));
      return { post: found };
    }),
    removeBookmark: call('removeBookmark', ({ input: { postId } }: Input<'postId'>) => {
      state.bookmarks.delete(pair(postId));
      return { post: state.posts.find((one) => one.id === postId) ?? null };
    }),
    repost: call('repost', ({ input: { postId } }: Input<'postId'>) => {
      const found = postOf(postId);
      if (!found.viewerHasReposted) {
        setReposted(found, true);
        state.posts.unshift(post(viewer().user, '', { repostOf: found }));
      }
      return { post: found, repost: state.posts.find((one) => one.repostOf === found) };
    }),
    undoRepost: call('undoRepost', ({ input: { postId } }: Input<'postId'>) => {
      const found = postOf(postId);
      if (found.viewerHasReposted) setReposted(found, false);
      state.posts = state.posts.filter((one) => one.repostOf !== found || one.author !== viewer().user);
      return { post: found };
    }),
    followUser: set('followUser', state.follows, true),
    unfollowUser: set('unfollowUser', state.follows, false),
    ringBell: set('ringBell', state.bells, true),
    silenceBell: set('silenceBell', state.bells, false),
    blockUser: set('blockUser', state.blocks, true),
    unblockUser: set('unblockUser', state.blocks, false),
    blockedUsers: call('blockedUsers', (args: PageArgs) => {
      const { user } = viewer();
      const ids = [...state.blocks].filter((one) => one.startsWith(user.id)).map((one) => one.split(' ')[1]);
      return page(
        ids.map((id) => find(id ?? '')),
        args,
      );
    }),
    searchUsers: call('searchUsers', ({ query, ...args }: PageArgs & { query: string }) => {
      viewer();
      if (query.trim() === '') throw badUserInput('query', 'must not be empty');
      const users = [...state.users.values()].map(({ user }) => user);
      return page(
        users.filter(({ username, displayName }) =>
          `${username} ${displayName}`.toLowerCase().includes(query.toLowerCase()),
        ),
        args,
      );
    }),
    muteUser: call('muteUser', ({ input: { userId, ...mute } }: { input: FakeMute & { userId: string } }) => {
      const user = find(userId);
      state.mutes.set(pair(userId), mute);
      return { user: seen(user) };
    }),
    unmuteUser: call('unmuteUser', ({ input: { userId } }: Input<'userId'>) => {
      state.mutes.delete(pair(userId));
      return { user: seen(find(userId)) };
    }),
    mutedUsers: call('mutedUsers', (args: PageArgs) => {
      const { user } = viewer();
      const ids = [...state.mutes.keys()]
        .filter((one) => one.startsWith(user.id))
        .map((one) => one.split(' ')[1]);
      return page(
        ids.map((id) => seen(find(id ?? ''))),
        args,
      );
    }),
    followRequests: call('followRequests', (args: PageArgs) => {
      const { user } = viewer();
      const asking = [...state.followRequests].filter((one) => one.endsWith(user.id));
      return page(
        asking.map((one) => find(one.split(' ')[0] ?? '')),
        args,
      );
    }),
    acceptFollowRequest: answer('acceptFollowRequest', true),
    rejectFollowRequest: answer('rejectFollowRequest', false),
    removeFollower: call('removeFollower', ({ input: { userId } }: Input<'userId'>) => {
      state.follows.delete(`${userId} ${viewer().user.id}`);
      return { user: seen(find(userId)) };
    }),
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
      moderating('ACCOUNT_SUSPENDED', find(userId), reason);
      state.suspended.set(userId, reason);
      return { standing: { role: 'MEMBER' } };
    }),
    reinstateAccount: call('reinstateAccount', ({ input: { userId } }: Input<'userId'>) => {
      moderating('ACCOUNT_REINSTATED', find(userId), null);
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
