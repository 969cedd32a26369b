import { type CommentFact, get, type PostFact } from './facts.ts';
import { countsOf } from './profile-questions.ts';
import { type Asked, ids, list, newestFirst, type Question, shownMedia } from './question.ts';
import { editsReadBy, interacts, isWithheld, readsComment, readsPost, type Viewer } from './rules.ts';
import { tags } from './text.ts';

export function onePost({ facts, viewer }: Asked, post: PostFact): Question {
  const { id } = post;
  const isRead = readsPost(facts, viewer, post, { byId: true });
  const quoted = post.quoteOfId ? get(facts.posts, post.quoteOfId) : null;
  const original = post.repostOfId ? get(facts.posts, post.repostOfId) : null;
  const reposts = [...facts.posts.values()].filter(({ repostOfId }) => repostOfId === id);
  const comments = [...facts.comments.values()].filter(({ postId }) => postId === id);
  return {
    name: `the post ${post.text}`,
    query: `query Post($id: ID!) {
      post(id: $id) {
        id text visibility commentCount viewerReactions viewerHasBookmarked media { id kind altText }
        edits(first: 10) { edges { node { text } } } author { id postCount followerCount } mentions { id } quoteOf { id text } repostOf { id text }
        repostCount quoteCount viewerHasReposted removal { reason } reactions { emoji count }
        comments(first: 15) { edges { node { ...shown replies(first: 10) { edges { node { ...shown
          replies(first: 8) { edges { node { ...shown } } } } } } } } }
      }
    }
    fragment shown on Comment { id text deletedAt author { id } parent { id text } replyCount removal { reason }
      edits(first: 5) { edges { node { text } } } reactions { emoji count } viewerReactions }`,
    variables: { id },
    data: {
      post: isRead
        ? {
            id,
            text: post.text,
            visibility: post.visibility,
            commentCount: comments.length,
            viewerReactions: viewerReactions(viewer, post.reactions),
            viewerHasBookmarked: viewer !== null && get(facts.bookmarks, viewer.id).has(id),
            media: shownMedia({ facts, viewer }, post.mediaIds),
            edits: list(editsReadBy(facts, viewer, post).map((text) => ({ text }))),
            author: { id: post.authorId, ...countsOf(facts, post.authorId) },
            mentions: post.mentionedIds
              .filter((userId) => userId === viewer?.id || interacts(facts, viewer, userId))
              .map((userId) => ({ id: userId })),
            quoteOf:
              quoted && readsPost(facts, viewer, quoted, { byId: true })
                ? { id: quoted.id, text: quoted.text }
                : null,
            repostOf: original ? { id: original.id, text: original.text } : null,
            repostCount: reposts.length,
            quoteCount: [...facts.posts.values()].filter(({ quoteOfId }) => quoteOfId === id).length,
            viewerHasReposted: reposts.some(({ authorId }) => authorId === viewer?.id),
            removal: post.isRemoved ? { reason: 'spam' } : null,
            reactions: reactionCounts(post.reactions),
            comments: list(answersTo({ facts, viewer }, comments, null, 3)),
          }
        : null,
    },
    errors: [],
  };
}

/** Their order is that in which they were used first, which other tests hold. */
export function reactionCounts(reactions: ReadonlySet<string>) {
  const counts = new Map<string, number>();
  for (const reaction of reactions) {
    const [, emoji = ''] = reaction.split(' ');
    counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  }
  return [...counts].map(([emoji, count]) => ({ emoji, count }));
}

export const viewerReactions = (viewer: Viewer, reactions: ReadonlySet<string>) =>
  [...reactions].flatMap((reaction) => {
    const [userId, emoji = ''] = reaction.split(' ');
    return userId === viewer?.id ? emoji : [];
  });

/** Comments in their tree, so many levels of it. */
function answersTo(
  asked: Asked,
  comments: readonly CommentFact[],
  parentId: string | null,
  depth: number,
): unknown[] {
  if (depth === 0) return [];
  const { facts, viewer } = asked;
  return comments
    .filter((comment) => comment.parentId === parentId && readsComment(facts, viewer, comment))
    .map((comment) => {
      const parent = comment.parentId ? get(facts.comments, comment.parentId) : null;
      const isShown = !isWithheld(viewer, comment);
      return {
        id: comment.id,
        text: isShown ? comment.text : '',
        deletedAt: isShown ? null : 'a time',
        author: isShown ? { id: comment.authorId } : null,
        parent:
          parent && readsComment(facts, viewer, parent)
            ? { id: parent.id, text: isWithheld(viewer, parent) ? '' : parent.text }
            : null,
        replyCount: comments.filter((other) => other.parentId === comment.id).length,
        edits: list((isShown ? comment.edits : []).map((text) => ({ text }))),
        removal: isShown && comment.isRemoved ? { reason: 'spam' } : null,
        reactions: isShown ? reactionCounts(comment.reactions) : [],
        viewerReactions: isShown ? viewerReactions(viewer, comment.reactions) : [],
        ...(depth > 1 ? { replies: list(answersTo(asked, comments, comment.id, depth - 1)) } : {}),
      };
    });
}

export function publicTimeline({ facts, viewer }: Asked): Question {
  const seen = newestFirst(facts).filter(
    (post) => post.visibility === 'PUBLIC' && !post.repostOfId && readsPost(facts, viewer, post),
  );
  return {
    name: 'the public timeline',
    query: 'query Public { publicTimeline(first: 100) { edges { node { id author { id } } } } }',
    variables: {},
    data: {
      publicTimeline: list(seen.slice(0, 100).map(({ id, authorId }) => ({ id, author: { id: authorId } }))),
    },
    errors: [],
  };
}

/** Of signed-in people and others. */
export const hashtagTimelines = ({ facts, viewer }: Asked): Question => ({
  name: 'the posts with a hashtag',
  query: `query Tags { sky: hashtagTimeline(tag: "Sky", first: 100) { edges { node { id } } }
    sea: hashtagTimeline(tag: "#sea", first: 100) { edges { node { id } } } }`,
  variables: {},
  data: Object.fromEntries(
    tags.map((tag) => [
      tag,
      ids(newestFirst(facts).filter((post) => post.hashtags.includes(tag) && readsPost(facts, viewer, post))),
    ]),
  ),
  errors: [],
});
