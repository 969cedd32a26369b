import { AccountStandingChanged, type Standing, UserRegistered } from '@socialhub/platform/contracts/auth';
import { MediaReady } from '@socialhub/platform/contracts/media';
import {
  UserBlocked,
  UserFollowed,
  UserMuted,
  UserUnblocked,
  UserUnfollowed,
  UserUnmuted,
  UserUpdated,
} from '@socialhub/platform/contracts/user';
import type { Role } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { testService } from '@socialhub/platform/testing/test-service';
import { dataOf, type OperationResult } from '@socialhub/platform/testing/until';
import { createPostService, readConfig } from '../src/service.ts';

export type World = Awaited<ReturnType<typeof startWorld>>;

const now = () => new Date().toISOString();
const createPost = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }';
const createComment =
  'mutation ($input: CreateCommentInput!) { createComment(input: $input) { comment { id } } }';

/** The post service with a few words for what tests do again and again. */
export async function startWorld() {
  const service = await testService({ name: 'post', create: createPostService, readConfig });
  return {
    ...service,

    /** Somebody whom the service has heard of. */
    async person(username: string, { isPrivate = false } = {}): Promise<string> {
      const userId = uuidv7();
      await service.emit(UserRegistered, { userId, username, displayName: username, registeredAt: now() });
      if (isPrivate) await service.emit(UserUpdated, { userId, username, displayName: username, isPrivate });
      return userId;
    },

    stands: (
      userId: string,
      standing: Standing,
      { role = 'MEMBER', sequence }: { role?: Role; sequence?: bigint } = {},
    ) =>
      service.emit(
        AccountStandingChanged,
        { userId, role, standing, at: now() },
        sequence === undefined ? {} : { sequence },
      ),

    follow: (followerId: string, followeeId: string) =>
      service.emit(UserFollowed, { followerId, followeeId, at: now() }),

    unfollow: (followerId: string, followeeId: string) =>
      service.emit(UserUnfollowed, { followerId, followeeId, at: now() }),

    block: (blockerId: string, blockedId: string, envelope?: { sequence: bigint }) =>
      service.emit(UserBlocked, { blockerId, blockedId, at: now() }, envelope),

    unblock: (blockerId: string, blockedId: string, envelope?: { sequence: bigint }) =>
      service.emit(UserUnblocked, { blockerId, blockedId, at: now() }, envelope),

    mute: (
      muterId: string,
      mutedId: string,
      { until = null, ...envelope }: { until?: string | null; sequence?: bigint } = {},
    ) => service.emit(UserMuted, { muterId, mutedId, at: now(), until, notifications: true }, envelope),

    unmute: (muterId: string, mutedId: string, envelope?: { sequence: bigint }) =>
      service.emit(UserUnmuted, { muterId, mutedId, at: now() }, envelope),

    async media(ownerId: string): Promise<string> {
      const mediaId = uuidv7();
      await service.emit(MediaReady, { mediaId, ownerId, kind: 'IMAGE' as const });
      return gid('Media', mediaId);
    },

    tryPost: (who: string | null, input: object): Promise<OperationResult> =>
      service.as(who).execute(createPost, { input }),

    async post(who: string, input: string | object): Promise<string> {
      const answer = await service
        .as(who)
        .execute(createPost, { input: typeof input === 'string' ? { text: input } : input });
      return dataOf(answer).createPost.post.id;
    },

    tryComment: (who: string | null, input: object): Promise<OperationResult> =>
      service.as(who).execute(createComment, { input }),

    async comment(who: string, postId: string, text: string, parentId?: string): Promise<string> {
      const answer = await service.as(who).execute(createComment, { input: { postId, text, parentId } });
      return dataOf(answer).createComment.comment.id;
    },

    react: (who: string | null, postId: string, emoji: string): Promise<OperationResult> =>
      service
        .as(who)
        .execute(
          'mutation ($input: ReactToPostInput!) { reactToPost(input: $input) { post { id viewerReactions reactions { emoji count } } } }',
          { input: { postId, emoji } },
        ),

    unreact: (who: string | null, postId: string, emoji: string): Promise<OperationResult> =>
      service
        .as(who)
        .execute(
          'mutation ($input: RemovePostReactionInput!) { removePostReaction(input: $input) { post { id viewerReactions reactions { emoji count } } } }',
          { input: { postId, emoji } },
        ),

    remove: (who: string | null, postId: string): Promise<OperationResult> =>
      service
        .as(who)
        .execute('mutation ($input: DeletePostInput!) { deletePost(input: $input) { deletedId } }', {
          input: { postId },
        }),

    /** Its payload has the post and the repost. */
    tryRepost: (who: string | null, postId: string): Promise<OperationResult> =>
      service
        .as(who)
        .execute(
          'mutation ($input: RepostInput!) { repost(input: $input) { post { id repostCount viewerHasReposted } repost { id } } }',
          { input: { postId } },
        ),

    /** Gives the repost's id. */
    async repost(who: string, postId: string): Promise<string> {
      return dataOf(await this.tryRepost(who, postId)).repost.repost.id;
    },

    undoRepost: (who: string | null, postId: string): Promise<OperationResult> =>
      service
        .as(who)
        .execute(
          'mutation ($input: UndoRepostInput!) { undoRepost(input: $input) { post { id repostCount viewerHasReposted } } }',
          { input: { postId } },
        ),

    /** One post as somebody sees it; null when they do not. */
    async read(who: string | null, id: string, selection = 'id') {
      const answer = await service
        .as(who)
        .execute(`query ($id: ID!) { post(id: $id) { ${selection} } }`, { id });
      return answer.data?.post ?? null;
    },
  };
}

/** The nodes of a connection. */
export const nodesOf = (connection: { edges: { node: unknown }[] }) =>
  connection.edges.map(({ node }) => node);

/** The ids of a connection's nodes. */
export const idsOf = (connection: { edges: { node: { id: string } }[] }) =>
  connection.edges.map(({ node }) => node.id);

/** Follows a list from its first page to its last; gives all ids, in order. */
export async function allPages(
  fetchPage: (after: string | null) => Promise<{
    edges: { node: { id: string } }[];
    pageInfo: { endCursor: string | null; hasNextPage: boolean };
  }>,
): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page = await fetchPage(after);
    ids.push(...idsOf(page));
    if (!page.pageInfo.hasNextPage) return ids;
    after = page.pageInfo.endCursor;
  }
}
