import { AccountStandingChanged, type Standing } from '@socialhub/platform/contracts/auth';
import {
  CommentCreated,
  CommentDeleted,
  CommentReacted,
  CommentReactionRemoved,
  CommentUpdated,
  PostCreated,
  PostReacted,
  PostReactionRemoved,
  PostReposted,
  RepostUndone,
} from '@socialhub/platform/contracts/post';
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
} from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { testService } from '@socialhub/platform/testing/test-service';
import { dataOf } from '@socialhub/platform/testing/until';
import { expect } from 'vitest';
import { createNotificationService, readConfig } from '../src/service.ts';

export type World = Awaited<ReturnType<typeof startWorld>>;

type Envelope = { id?: string; sequence?: bigint };
type Post = Parameters<(typeof PostCreated)['aggregate']>[0];
type Comment = Parameters<(typeof CommentCreated)['aggregate']>[0];

type CommentReaction = {
  commentId: string;
  postId: string;
  commentAuthorId: string | null;
  userId: string;
  emoji?: string;
};

const now = () => new Date().toISOString();

export interface Row {
  id: string;
  type: string;
  actors: { id: string }[];
  actorCount: number;
  subject: { __typename: string; id: string };
  readAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export const rowSelection = `id type actors { id } actorCount createdAt updatedAt readAt
  subject { __typename ... on User { id } ... on Post { id } ... on Comment { id } }`;

/** The notification service with a few words for what tests do again and again. */
export async function startWorld() {
  const service = await testService({ name: 'notification', create: createNotificationService, readConfig });
  const reaction = (postAuthorId: string, userId: string, postId: string, emoji: string, at = now()) => ({
    postId,
    postAuthorId,
    userId,
    emoji,
    at,
  });
  const repost = (postAuthorId: string, userId: string, postId: string, at = now()) => ({
    postId,
    postAuthorId,
    repostId: uuidv7(),
    userId,
    at,
  });
  const follow = (followerId: string, followeeId: string, envelope?: Envelope) =>
    service.emit(UserFollowed, { followerId, followeeId, at: now() }, envelope);
  const ring = (followerId: string, followeeId: string, envelope?: Envelope) =>
    service.emit(BellRung, { followerId, followeeId, at: now() }, envelope);
  return {
    ...service,

    follow,
    ring,
    silence: (followerId: string, followeeId: string, envelope?: Envelope) =>
      service.emit(BellSilenced, { followerId, followeeId, at: now() }, envelope),
    /** Follows, and wants to be told of each post. */
    async attend(followerId: string, followeeId: string): Promise<void> {
      await follow(followerId, followeeId);
      await ring(followerId, followeeId);
    },
    accept: (followerId: string, followeeId: string, envelope?: Envelope) =>
      service.emit(UserFollowed, { followerId, followeeId, at: now(), isAccepted: true }, envelope),
    unfollow: (followerId: string, followeeId: string, envelope?: Envelope) =>
      service.emit(UserUnfollowed, { followerId, followeeId, at: now() }, envelope),
    requestFollow: (followerId: string, followeeId: string, envelope?: Envelope) =>
      service.emit(FollowRequested, { followerId, followeeId, at: now() }, envelope),

    block: (blockerId: string, blockedId: string) =>
      service.emit(UserBlocked, { blockerId, blockedId, at: now() }),
    unblock: (blockerId: string, blockedId: string) =>
      service.emit(UserUnblocked, { blockerId, blockedId, at: now() }),
    mute: (
      muterId: string,
      mutedId: string,
      { until = null, notifications = true }: { until?: string | null; notifications?: boolean } = {},
    ) => service.emit(UserMuted, { muterId, mutedId, at: now(), until, notifications }),
    unmute: (muterId: string, mutedId: string) => service.emit(UserUnmuted, { muterId, mutedId, at: now() }),
    stands: (userId: string, standing: Standing) =>
      service.emit(AccountStandingChanged, { userId, role: 'MEMBER', standing, at: now() }),

    async post(authorId: string, post: Partial<Post> = {}, envelope?: Envelope): Promise<string> {
      const data: Post = {
        postId: uuidv7(),
        authorId,
        visibility: 'PUBLIC',
        mentionedIds: [],
        quoteOfId: null,
        quoteOfAuthorId: null,
        createdAt: now(),
        ...post,
      };
      await service.emit(PostCreated, data, envelope);
      return data.postId;
    },

    async comment(
      authorId: string,
      comment: Partial<Comment> & { postAuthorId: string },
      envelope?: Envelope,
    ): Promise<string> {
      const data: Comment = {
        commentId: uuidv7(),
        postId: uuidv7(),
        parentId: null,
        parentAuthorId: null,
        authorId,
        mentionedIds: [],
        createdAt: now(),
        ...comment,
      };
      await service.emit(CommentCreated, data, envelope);
      return data.commentId;
    },
    editComment: (
      comment: Pick<Comment, 'commentId' | 'postId' | 'postAuthorId' | 'authorId' | 'mentionedIds'>,
      envelope?: Envelope,
      parentAuthorId: string | null = null,
    ) => service.emit(CommentUpdated, { ...comment, parentAuthorId }, envelope),
    deleteComment: (comment: Pick<Comment, 'commentId' | 'postId' | 'authorId'>, envelope?: Envelope) =>
      service.emit(CommentDeleted, comment, envelope),
    reactToComment: (reaction: CommentReaction, envelope?: Envelope) =>
      service.emit(CommentReacted, { emoji: '👍', at: now(), ...reaction }, envelope),
    unreactToComment: (reaction: CommentReaction & { commentAuthorId: string }, envelope?: Envelope) =>
      service.emit(CommentReactionRemoved, { emoji: '👍', at: now(), ...reaction }, envelope),

    react: (author: string, who: string, post: string, emoji = '👍', envelope?: Envelope, at?: string) =>
      service.emit(PostReacted, reaction(author, who, post, emoji, at), envelope),
    unreact: (author: string, who: string, post: string, emoji = '👍', envelope?: Envelope) =>
      service.emit(PostReactionRemoved, reaction(author, who, post, emoji), envelope),

    repost: (author: string, who: string, post: string, envelope?: Envelope, at?: string) =>
      service.emit(PostReposted, repost(author, who, post, at), envelope),
    undoRepost: (author: string, who: string, post: string, envelope?: Envelope) =>
      service.emit(RepostUndone, repost(author, who, post), envelope),

    /** All that a person has, at most a hundred, newest first; checks that unreadCount is exact. */
    async list(who: string): Promise<Row[]> {
      const query = `{ notifications(first: 100) { unreadCount edges { node { ${rowSelection} } } } }`;
      const { edges, unreadCount } = dataOf(await service.as(who).execute(query)).notifications;
      const rows = edges.map(({ node }: { node: Row }) => node);
      const unread = rows.filter(({ readAt }: Row) => readAt === null).length;
      if (unread !== unreadCount) throw new Error(`${unread} are unread, unreadCount says ${unreadCount}`);
      return rows;
    },

    /** Chooses of whose doing somebody is notified, by type; gives what holds then, and how many are unread. */
    async prefer(who: string, chosen: Record<string, string>) {
      const preferences = Object.entries(chosen).map(([type, from]) => ({ type, from }));
      return dataOf(
        await service.as(who).execute(
          `mutation ($input: UpdateNotificationPreferencesInput!) { updateNotificationPreferences(input: $input) {
              unreadCount preferences { type from } } }`,
          { input: { preferences } },
        ),
      ).updateNotificationPreferences as {
        unreadCount: number;
        preferences: { type: string; from: string }[];
      };
    },

    markRead: (who: string | null, upTo: string) =>
      service
        .as(who)
        .execute(
          'mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { unreadCount } }',
          { input: { upTo } },
        ),
    markOneRead: (who: string | null, id: string) =>
      service.as(who).execute(
        `mutation ($input: MarkNotificationReadInput!) {
            markNotificationRead(input: $input) { unreadCount notification { id readAt } } }`,
        { input: { id } },
      ),
  };
}

/** So many new people. */
export const people = (count: number): string[] => Array.from({ length: count }, () => uuidv7());

/** A row as far as a test can know it. */
export const told = (
  type: string,
  typename: 'User' | 'Post' | 'Comment',
  subjectId: string,
  ...actorIds: string[]
) =>
  expect.objectContaining({
    type,
    actors: actorIds.slice(0, 3).map((id) => ({ id: gid('User', id) })),
    actorCount: actorIds.length,
    subject: { __typename: typename, id: gid(typename, subjectId) },
  });
