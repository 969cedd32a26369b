import { commentsOn } from '../domain/list-comments.ts';
import { editsOf } from '../domain/list-edits.ts';
import { mentionedPeopleOf } from '../domain/mentioned-people.ts';
import { removalOf } from '../domain/removal.ts';
import type { PostResolvers } from '../generated/resolvers.ts';

export const Post: PostResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.post.load(id),
  author: ({ authorId }) => ({ id: authorId }),
  media: ({ mediaIds }) => mediaIds.map((id) => ({ id })),
  mentions: ({ mentionedIds }, _args, context) => mentionedPeopleOf(context, mentionedIds),
  quoteOf: ({ quoteOfId }, _args, { loaders }) => (quoteOfId ? loaders.post.load(quoteOfId) : null),
  edits: ({ id }, args, context) => editsOf(context, id, args),
  reactions: ({ id }, _args, { loaders }) => loaders.reactionCounts.load(id),
  viewerReactions: async ({ id }, _args, { loaders }) =>
    (await loaders.viewerReactions.load(id)).map(({ emoji }) => emoji),
  comments: ({ id }, args, context) => commentsOn(context, id, args),
  removal: removalOf,
};
