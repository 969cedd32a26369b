import { commentsOn } from '../domain/comments/list-comments.ts';
import { removalOf } from '../domain/moderation/removal.ts';
import { editsOf } from '../domain/posts/list-edits.ts';
import { mentionedPeopleOf } from '../domain/text/mentioned-people.ts';
import type { PostResolvers } from '../generated/resolvers.ts';

export const Post: PostResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.post.load(id),
  author: ({ authorId }) => ({ id: authorId }),
  media: ({ mediaIds }) => mediaIds.map((id) => ({ id })),
  mentions: ({ mentionedIds }, _args, context) => mentionedPeopleOf(context, mentionedIds),
  quoteOf: ({ quoteOfId }, _args, { loaders }) => (quoteOfId ? loaders.post.load(quoteOfId) : null),
  repostOf: ({ repostOfId }, _args, { loaders }) => (repostOfId ? loaders.post.load(repostOfId) : null),
  edits: ({ id }, args, context) => editsOf(context, id, args),
  reactions: ({ id }, _args, { loaders }) => loaders.reactionCounts.load(id),
  viewerReactions: ({ id }, _args, { loaders }) => loaders.viewerReactions.load(id),
  viewerHasReposted: ({ id }, _args, { loaders }) => loaders.viewerHasReposted.load(id),
  viewerHasBookmarked: ({ id }, _args, { loaders }) => loaders.viewerHasBookmarked.load(id),
  comments: ({ id }, args, context) => commentsOn(context, id, args),
  removal: removalOf,
};
