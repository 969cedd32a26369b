import { forbidden, notFound } from '@socialhub/platform/errors';
import { mayModerate, type Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { checkText } from '@socialhub/platform/text/check-text';
import { type AccountRow, findAccountForUpdate, updateSuspension } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { insertAuditEntry } from '../../store/moderation/audit-log.ts';
import { publishStanding } from '../accounts/publish-standing.ts';
import { sendMail } from '../mail/send-mail.ts';
import { endSessions } from '../sessions/end-session.ts';
import { requireRole } from './require-role.ts';

const maxReason = 500;

/**
 * Keeps somebody out, at once, hides what they wrote, and tells them why: by mail, and when they sign in. Throws FORBIDDEN
 * unless the viewer is a moderator (over members) or an admin (over everybody else), NOT_FOUND when there is none.
 */
export async function suspendAccount(
  tx: Tx,
  viewer: Viewer,
  input: { userId: string; reason: string },
): Promise<AccountRow> {
  const reason = checkText('input.reason', input.reason, { max: maxReason, min: 1 });
  const { actor, subject } = await actorAndSubject(tx, viewer, input.userId);
  const suspended = await updateSuspension(tx, subject.id, reason);
  await endSessions(tx, subject.id, 'SUSPENDED');
  await publishStanding(tx, suspended);
  await sendMail(tx, 'ACCOUNT_SUSPENDED', subject.email, subject.id);
  await note(tx, actor, subject, 'ACCOUNT_SUSPENDED', reason);
  return suspended;
}

/** Lets them in again, by the same rules. */
export async function reinstateAccount(tx: Tx, viewer: Viewer, userId: string): Promise<AccountRow> {
  const { actor, subject } = await actorAndSubject(tx, viewer, userId);
  if (subject.suspendedAt === null) return subject;
  const reinstated = await updateSuspension(tx, subject.id, null);
  await publishStanding(tx, reinstated);
  await sendMail(tx, 'ACCOUNT_REINSTATED', subject.email, subject.id);
  await note(tx, actor, subject, 'ACCOUNT_REINSTATED', null);
  return reinstated;
}

async function actorAndSubject(tx: Tx, viewer: Viewer, userId: string) {
  const actor = await requireRole(tx, viewer, 'MODERATOR');
  const subject = await findAccountForUpdate(tx, userId);
  if (!subject) throw notFound('Account');
  if (!mayModerate(actor, subject)) throw forbidden();
  return { actor, subject };
}

const note = (
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
