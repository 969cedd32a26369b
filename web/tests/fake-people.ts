import { ownAccount } from './fake-account.ts';
import { badUserInput, nextId, refuse } from './fake-results.ts';
import type {
  Call,
  FakeComment,
  FakeConnection,
  FakeMute,
  FakePost,
  FakeSession,
  FakeState,
  FakeUser,
  Page,
  PageArgs,
} from './fake-state.ts';

export type { FakeComment };

/** Gives a comment for the fake gateway, put under the post, or under a comment of it. */
export function comment(
  post: FakePost,
  author: FakeUser | null,
  text: string,
  parent: FakeComment | null = null,
): FakeComment {
  const createdAt = new Date().toISOString();
  const gone = { editedAt: null, deletedAt: null, removal: null };
  const made: FakeComment = {
    id: nextId('Comment'),
    author,
    text,
    createdAt,
    ...gone,
    reactions: [],
    viewerReactions: [],
    post,
    parent,
    replyCount: 0,
    replies: { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } },
  };
  const place = parent ? parent.replies : (post.comments as FakeConnection);
  place.edges.push({ node: made, cursor: made.id });
  if (parent) parent.replyCount += 1;
  return made;
}

/** The post or comment with this id. */
export function thing(state: FakeState, what: 'post' | 'comment', id: string) {
  const all =
    what === 'post'
      ? state.posts
      : state.posts.flatMap((one) =>
          (one.comments as { edges: { node: FakeComment }[] }).edges.map((edge) => edge.node),
        );
  const found = all.find((one) => one.id === id);
  if (!found) throw refuse('NOT_FOUND', 'Not found');
  return found as FakeComment;
}

/** The part of the graph that is about other people. */
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

  /** Those who stand before (`0`) or behind (`1`) somebody in the pairs of who follows whom. */
  const peopleBeside = (user: FakeUser, at: 0 | 1) => (args: PageArgs) => {
    const mine = session?.user.id;
    const isOpen = !user.isPrivate || mine === user.id || state.follows.has(`${mine} ${user.id}`);
    if (!isOpen) throw refuse('NOT_FOUND', 'User not found');
    const pairs = [...state.follows].map((one) => one.split(' '));
    const ids = pairs.filter((one) => one[1 - at] === user.id).map((one) => one[at] ?? '');
    return page(
      ids.map((id) => seen(find(id))),
      args,
    );
  };

  /** How the viewer stands to somebody. */
  function relationTo(user: FakeUser) {
    const mine = session?.user.id;
    if (mine === undefined || mine === user.id) return null;
    const [there, back] = [`${mine} ${user.id}`, `${user.id} ${mine}`];
    const mute = state.mutes.get(there);
    const asks = state.followRequests.has(there) ? 'REQUESTED' : 'NONE';
    return {
      follow: state.follows.has(there) ? 'FOLLOWING' : asks,
      followedBy: state.follows.has(back),
      blocking: state.blocks.has(there),
      bell: state.bells.has(there),
      muting: mute !== undefined,
      mutedUntil: mute?.until ?? null,
      mutingNotifications: mute?.notifications ?? false,
    };
  }

  function seen(user: FakeUser): FakeUser {
    const mine = session?.user.id;
    return {
      ...user,
      followers: peopleBeside(user, 0),
      following: peopleBeside(user, 1),
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
      if (kept && name === 'followUser' && user.isPrivate) state.followRequests.add(pair(userId));
      else if (kept) pairs.add(pair(userId));
      else pairs.delete(pair(userId));
      if (name === 'unfollowUser') state.followRequests.delete(pair(userId));
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

  return {
    relationTo,
    user: call('user', ({ username }: { username?: string }) => {
      const known = state.users.get(username ?? '');
      return known ? seen(known.user) : null;
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
        users
          .filter(({ username, displayName }) =>
            `${username} ${displayName}`.toLowerCase().includes(query.toLowerCase()),
          )
          .map(seen),
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
  };
}
