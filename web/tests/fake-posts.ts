import { decodeGlobalId } from '@socialhub/platform/global-ids/codec';
import { ownAccount } from './fake-account.ts';
import { eventsAfter, wakeStreams } from './fake-notifications.ts';
import { post } from './fake-objects.ts';
import { giveReaction, takeReaction } from './fake-reactions.ts';
import { badUserInput, refuse } from './fake-results.ts';
import type { Call, FakePost, FakeSession, FakeState, Page, PageArgs } from './fake-state.ts';

type Input<Field extends string> = { input: Record<Field, string> };
type UpdatePostInput = { postId: string; text: string; contentWarning: string | null };

/** Lets a post enter the home timeline, on top. */
export function enterHome(state: FakeState, entered: FakePost): void {
  state.posts.unshift(entered);
  state.homeEvents.push(entered);
  wakeStreams();
}

/** The part of the graph that is about one post, and what one does with it. */
export function postRoots(state: FakeState, call: Call, session: FakeSession | undefined, page: Page) {
  const viewer = () => ownAccount(state, session).account.user;
  const pair = (id: string) => `${viewer().id} ${id}`;
  const find = (id: string): FakePost => {
    const found = state.posts.find((one) => one.id === id);
    if (!found) throw refuse('NOT_FOUND', 'Not found');
    return found;
  };
  const findOwn = (id: string): FakePost => {
    const found = find(id);
    if (found.author !== viewer()) throw refuse('NOT_FOUND', 'Post not found');
    return found;
  };
  const seen = (found: FakePost) => ({
    ...found,
    viewerHasBookmarked: state.bookmarks.has(`${session?.user.id} ${found.id}`),
  });
  const setReposted = (found: FakePost, reposted: boolean) => {
    found.viewerHasReposted = reposted;
    found.repostCount = (found.repostCount as number) + (reposted ? 1 : -1);
  };
  return {
    post: call('post', ({ id }: { id: string }) => {
      if (decodeGlobalId(id)?.type !== 'Post') throw badUserInput('id', 'has to be the id of a Post');
      const found = state.posts.find((one) => one.id === id);
      return found ? seen(found) : null;
    }),
    bookmarks: call('bookmarks', (args: PageArgs) => {
      const { id: viewerId } = viewer();
      const ids = [...state.bookmarks]
        .filter((one) => one.startsWith(viewerId))
        .map((one) => one.split(' ')[1]);
      return page(
        ids.reverse().flatMap((id) => state.posts.filter((one) => one.id === id)),
        args,
      );
    }),
    bookmarkPost: call('bookmarkPost', ({ input: { postId } }: Input<'postId'>) => {
      const found = find(postId);
      state.bookmarks.add(pair(postId));
      return { post: seen(found) };
    }),
    removeBookmark: call('removeBookmark', ({ input: { postId } }: Input<'postId'>) => {
      state.bookmarks.delete(pair(postId));
      const found = state.posts.find((one) => one.id === postId);
      return { post: found ? seen(found) : null };
    }),
    repost: call('repost', ({ input: { postId } }: Input<'postId'>) => {
      const found = find(postId);
      if (!found.viewerHasReposted) {
        setReposted(found, true);
        state.posts.unshift(post(viewer(), '', { repostOf: found }));
      }
      return { post: found, repost: state.posts.find((one) => one.repostOf === found) };
    }),
    homeTimelineEvents: call('homeTimelineEvents', ({ after }: { after?: string } = {}) => {
      viewer();
      return eventsAfter('homeTimelineEvents', after ? Number(after) : state.homeEvents.length, (seq) => {
        const entered = state.homeEvents[seq];
        return entered && { cursor: String(seq + 1), post: seen(entered) };
      });
    }),
    updatePost: call('updatePost', ({ input }: { input: UpdatePostInput }) => {
      const { postId, text, contentWarning } = input;
      const found = findOwn(postId);
      if ([...text].length > 500) throw badUserInput('input.text', 'takes at most 500 characters');
      const editedAt = new Date().toISOString();
      const node = { text: found.text, contentWarning: found.contentWarning, editedAt };
      (found.edits as { edges: unknown[] }).edges.push({ node, cursor: editedAt });
      return { post: Object.assign(found, { text, contentWarning, editedAt }) };
    }),
    deletePost: call('deletePost', ({ input: { postId } }: Input<'postId'>) => {
      const found = findOwn(postId);
      state.posts = state.posts.filter((one) => one !== found && one.repostOf !== found);
      return { deletedId: postId };
    }),
    reactToPost: call('reactToPost', ({ input: { postId, emoji } }: Input<'postId' | 'emoji'>) => {
      viewer();
      return { post: giveReaction(find(postId), emoji) };
    }),
    removePostReaction: call(
      'removePostReaction',
      ({ input: { postId, emoji } }: Input<'postId' | 'emoji'>) => {
        viewer();
        return { post: takeReaction(find(postId), emoji) };
      },
    ),
    undoRepost: call('undoRepost', ({ input: { postId } }: Input<'postId'>) => {
      const found = find(postId);
      if (found.viewerHasReposted) setReposted(found, false);
      state.posts = state.posts.filter((one) => one.repostOf !== found || one.author !== viewer());
      return { post: found };
    }),
  };
}
