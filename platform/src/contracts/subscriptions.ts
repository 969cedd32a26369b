import { AccountDataErased, AccountDeleted, AccountStandingChanged, UserRegistered } from './auth.ts';
import type { EventContract } from './contract.ts';
import { DataExportPart, DataExportReady, DataExportRequested } from './data-export.ts';
import { MediaDeleted, MediaReady } from './media.ts';
import {
  CommentCreated,
  CommentDeleted,
  CommentReacted,
  CommentReactionRemoved,
  CommentRemoved,
  CommentRestored,
  CommentUpdated,
  PostCreated,
  PostDeleted,
  PostReacted,
  PostReactionRemoved,
  PostRemoved,
  PostReposted,
  PostRestored,
  PostUpdated,
  RepostUndone,
} from './post.ts';
import type { ServiceName } from './services.ts';
import {
  BellRung,
  BellSilenced,
  FollowRequested,
  UserBlocked,
  UserFollowed,
  UserMuted,
  UserUnblocked,
  UserUnfollowed,
  UserUnmuted,
  UserUpdated,
} from './user.ts';

// biome-ignore lint/suspicious/noExplicitAny: a list of contracts whose data types differ
type AnyContract = EventContract<any>;

/**
 * Who consumes what. Every process declares all of it, so that no event is lost because its consumer has
 * not started for the first time yet; a service whose consumers differ from its row refuses to start.
 */
export const subscriptions: Record<ServiceName, readonly AnyContract[]> = {
  auth: [
    PostRemoved,
    PostRestored,
    CommentRemoved,
    CommentRestored,
    DataExportRequested,
    DataExportReady,
    AccountDeleted,
    AccountDataErased,
  ],
  user: [
    UserRegistered,
    AccountStandingChanged,
    MediaReady,
    MediaDeleted,
    DataExportRequested,
    AccountDeleted,
  ],
  post: [
    UserRegistered,
    AccountStandingChanged,
    UserUpdated,
    UserFollowed,
    UserUnfollowed,
    UserBlocked,
    UserUnblocked,
    UserMuted,
    UserUnmuted,
    MediaReady,
    MediaDeleted,
    DataExportRequested,
    AccountDeleted,
  ],
  media: [
    AccountStandingChanged,
    PostRemoved,
    PostRestored,
    DataExportRequested,
    DataExportPart,
    AccountDeleted,
  ],
  notification: [
    UserRegistered,
    AccountStandingChanged,
    UserFollowed,
    UserUnfollowed,
    BellRung,
    BellSilenced,
    FollowRequested,
    UserBlocked,
    UserUnblocked,
    UserMuted,
    UserUnmuted,
    PostCreated,
    PostUpdated,
    PostDeleted,
    PostRemoved,
    PostRestored,
    CommentCreated,
    CommentUpdated,
    CommentDeleted,
    CommentRemoved,
    CommentRestored,
    PostReacted,
    PostReactionRemoved,
    CommentReacted,
    CommentReactionRemoved,
    PostReposted,
    RepostUndone,
    DataExportRequested,
    AccountDeleted,
  ],
  chat: [
    UserRegistered,
    AccountStandingChanged,
    UserBlocked,
    UserUnblocked,
    MediaReady,
    MediaDeleted,
    DataExportRequested,
    AccountDeleted,
  ],
};
