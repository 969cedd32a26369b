import * as z from 'zod';
import { defineEvent } from './contract.ts';

const followChange = z.object({ followerId: z.uuid(), followeeId: z.uuid(), at: z.iso.datetime() });
const followAggregate = (data: z.infer<typeof followChange>) => `${data.followerId}:${data.followeeId}`;

/** A profile as it is now, whole: replicas overwrite what they hold. */
export const UserUpdated = defineEvent({
  name: 'user_updated',
  version: 1,
  producer: 'user',
  data: z.object({
    userId: z.uuid(),
    username: z.string(),
    displayName: z.string(),
    isPrivate: z.boolean(),
  }),
  aggregate: (data) => data.userId,
});

/** The follower sees the followee's posts from now on. `isAccepted`: they had asked to, and were let in. */
export const UserFollowed = defineEvent({
  name: 'user_followed',
  version: 1,
  producer: 'user',
  data: followChange.extend({ isAccepted: z.boolean().optional() }),
  aggregate: followAggregate,
});

/** The follow, or the request for one, is over. */
export const UserUnfollowed = defineEvent({
  name: 'user_unfollowed',
  version: 1,
  producer: 'user',
  data: followChange,
  aggregate: followAggregate,
});

/** Somebody asks to follow a private account. */
export const FollowRequested = defineEvent({
  name: 'follow_requested',
  version: 1,
  producer: 'user',
  data: followChange,
  aggregate: followAggregate,
});

/** The follower wants to be notified of each post of the followee from now on. */
export const BellRung = defineEvent({
  name: 'bell_rung',
  version: 1,
  producer: 'user',
  data: followChange,
  aggregate: followAggregate,
});

/** ... and no more, though they follow. The end of a follow, which an event of its own tells, is the end of its bell too. */
export const BellSilenced = defineEvent({
  name: 'bell_silenced',
  version: 1,
  producer: 'user',
  data: followChange,
  aggregate: followAggregate,
});

const blockChange = z.object({ blockerId: z.uuid(), blockedId: z.uuid(), at: z.iso.datetime() });
const blockAggregate = (data: z.infer<typeof blockChange>) => `${data.blockerId}:${data.blockedId}`;

/** From now on neither sees what the other writes. The follows between them are over, which events of their own tell. */
export const UserBlocked = defineEvent({
  name: 'user_blocked',
  version: 1,
  producer: 'user',
  data: blockChange,
  aggregate: blockAggregate,
});

/** ... and it is over. */
export const UserUnblocked = defineEvent({
  name: 'user_unblocked',
  version: 1,
  producer: 'user',
  data: blockChange,
  aggregate: blockAggregate,
});

const muteChange = z.object({ muterId: z.uuid(), mutedId: z.uuid(), at: z.iso.datetime() });
const muteAggregate = (data: z.infer<typeof muteChange>) => `${data.muterId}:${data.mutedId}`;

/**
 * From now on, and until that moment where there is one, the muter does not want to hear of what the muted does; not to be
 * notified of it either where `notifications` says so. As it is now, whole: it may have been otherwise before.
 */
export const UserMuted = defineEvent({
  name: 'user_muted',
  version: 1,
  producer: 'user',
  data: muteChange.extend({ until: z.iso.datetime().nullable(), notifications: z.boolean() }),
  aggregate: muteAggregate,
});

/** ... and it is over. Of one that lapses no event tells. */
export const UserUnmuted = defineEvent({
  name: 'user_unmuted',
  version: 1,
  producer: 'user',
  data: muteChange,
  aggregate: muteAggregate,
});
