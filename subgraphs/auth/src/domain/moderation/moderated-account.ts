import { forbidden, notFound } from '@socialhub/platform/errors';
import { mayModerate, type Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { type AccountRow, findAccountForUpdate } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { insertAuditEntry } from '../../store/moderation/audit-log.ts';
import { requireRole } from './require-role.ts';

/** Who moderates, and whom. Throws FORBIDDEN for whoever may not, NOT_FOUND where there is nobody. */
export async function actorAndSubject(tx: Tx, viewer: Viewer, userId: string) {
  const actor = await requireRole(tx, viewer, 'MODERATOR');
  const subject = await findAccountForUpdate(tx, userId);
  if (!subject) throw notFound('Account');
  if (!mayModerate(actor, subject)) throw forbidden();
  return { actor, subject };
}

/** Writes what was done into the audit log. */
export const noteSuspension = (
  tx: Tx,
  actor: AccountRow,
  subject: AccountRow,
  action: 'ACCOUNT_SUSPENDED' | 'ACCOUNT_REINSTATED',
  reason: string | null,
): Promise<void> =>
  insertAuditEntry(tx, {
    id: uuidv7(),
    actorId: actor.id,
    action,
    subjectId: subject.id,
    reason,
  });
