import { findAuditEntry } from '../domain/moderation/audit-log.ts';
import type { AuditEntryResolvers } from '../generated/resolvers.ts';

export const AuditEntry: AuditEntryResolvers = {
  __resolveReference: ({ id }, { loaders, viewer }) => findAuditEntry(loaders, viewer, id),
  actor: ({ actorId }) => (actorId === null ? null : { id: actorId }),
  subject: ({ subjectId }) => ({ id: subjectId }),
  post: ({ postId }) => (postId === null ? null : { id: postId }),
  comment: ({ commentId }) => (commentId === null ? null : { id: commentId }),
};
