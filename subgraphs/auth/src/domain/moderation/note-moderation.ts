import { uuidv7 } from '@socialhub/platform/ids';
import type { Tx } from '../../store/client.ts';
import { type AuditRow, insertAuditEntry } from '../../store/moderation/audit-log.ts';

interface Moderation {
  moderatorId: string;
  authorId: string;
  postId: string;
  commentId?: string;
  reason?: string;
  at: string;
}

/** Writes into the audit log what a moderator did elsewhere, at the time at which it happened. */
export const noteModeration = (tx: Tx, action: AuditRow['action'], done: Moderation): Promise<void> =>
  insertAuditEntry(tx, {
    id: uuidv7(),
    createdAt: new Date(done.at),
    actorId: done.moderatorId,
    action,
    subjectId: done.authorId,
    reason: done.reason ?? null,
    postId: done.postId,
    commentId: done.commentId ?? null,
  });
