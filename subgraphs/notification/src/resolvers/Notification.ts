import type { NotificationResolvers } from '../generated/resolvers.ts';

export const Notification: NotificationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.notification.load(id),
  actors: async ({ id }, _args, { loaders }) =>
    (await loaders.latestActors.load(id)).map(({ actorId }) => ({ id: actorId })),
  subject: ({ subjectKind, subjectId }) => ({ __typename: subjectKind, id: subjectId }),
};
