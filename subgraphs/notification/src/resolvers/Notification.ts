import type { NotificationResolvers } from '../generated/resolvers.ts';

export const Notification: NotificationResolvers = {
  actors: async ({ id }, _args, { loaders }) =>
    (await loaders.latestActors.load(id)).map(({ actorId }) => ({ id: actorId })),
  subject: ({ subjectKind, subjectId }) => ({ __typename: subjectKind, id: subjectId }),
};
