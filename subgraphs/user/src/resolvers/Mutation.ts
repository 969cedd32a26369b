import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import type { Context } from '../context.ts';
import { blockUser } from '../domain/blocks/block-user.ts';
import { unblockUser } from '../domain/blocks/unblock-user.ts';
import { acceptFollowRequest } from '../domain/follows/accept-follow-request.ts';
import { acceptWaitingRequests } from '../domain/follows/accept-waiting-requests.ts';
import { followUser } from '../domain/follows/follow-user.ts';
import { rejectFollowRequest } from '../domain/follows/reject-follow-request.ts';
import { removeFollower } from '../domain/follows/remove-follower.ts';
import { ringBell } from '../domain/follows/ring-bell.ts';
import { silenceBell } from '../domain/follows/silence-bell.ts';
import { unfollowUser } from '../domain/follows/unfollow-user.ts';
import { muteUser } from '../domain/mutes/mute-user.ts';
import { unmuteUser } from '../domain/mutes/unmute-user.ts';
import { checkProfileChanges } from '../domain/profiles/check-profile-changes.ts';
import { requireOther } from '../domain/profiles/require-user.ts';
import { updateProfile } from '../domain/profiles/update-profile.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { Tx } from '../store/client.ts';
import type { ProfileRow } from '../store/profiles/profiles.ts';

export const Mutation: MutationResolvers = {
  async updateProfile(_root, { input }, context) {
    const viewer = requireViewer(context);
    const { userId } = viewer;
    const changes = await checkProfileChanges(context, viewer, input);
    await context.db.transaction((tx) => updateProfile(tx, userId, changes));
    if (changes.isPrivate === false) await acceptAllWaiting(context, userId);
    return { user: await readBack(context, userId) };
  },
  followUser: (_root, { input }, context) => actOn(context, input, followUser),
  unfollowUser: (_root, { input }, context) => actOn(context, input, unfollowUser),
  ringBell: (_root, { input }, context) => actOn(context, input, ringBell),
  silenceBell: (_root, { input }, context) => actOn(context, input, silenceBell),
  acceptFollowRequest: (_root, { input }, context) => actOn(context, input, acceptFollowRequest),
  rejectFollowRequest: (_root, { input }, context) => actOn(context, input, rejectFollowRequest),
  removeFollower: (_root, { input }, context) => actOn(context, input, removeFollower),
  blockUser: (_root, { input }, context) => actOn(context, input, blockUser),
  unblockUser: (_root, { input }, context) => actOn(context, input, unblockUser),
  muteUser: (_root, { input }, context) =>
    actOn(context, input, (tx, viewerId, otherId) => muteUser(tx, viewerId, otherId, input)),
  unmuteUser: (_root, { input }, context) => actOn(context, input, unmuteUser),
};

/** In transactions of a bounded size. */
async function acceptAllWaiting({ db }: Context, userId: string): Promise<void> {
  let accepted: number;
  do {
    accepted = await db.transaction((tx) => acceptWaitingRequests(tx, userId));
  } while (accepted > 0);
}

/** One person does something to another, in one transaction; gives the other as they are then. */
async function actOn(
  context: Context,
  { userId }: { userId: string },
  act: (tx: Tx, viewerId: string, otherId: string) => Promise<void>,
): Promise<{ user: ProfileRow }> {
  const viewer = requireViewer(context);
  const other = await requireOther(context.loaders, viewer, 'input.userId', userId);
  await context.db.transaction((tx) => act(tx, viewer.userId, other.id));
  return { user: await readBack(context, other.id) };
}

async function readBack({ loaders }: Context, userId: string): Promise<ProfileRow> {
  loaders.forget();
  return loaders.requireProfile(userId);
}
