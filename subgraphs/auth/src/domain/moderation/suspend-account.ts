import type { Viewer } from '@socialhub/platform/identity/identity';
import { checkText } from '@socialhub/platform/text/check-text';
import { type AccountRow, updateSuspension } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { publishStanding } from '../accounts/publish-standing.ts';
import { sendMail } from '../mail/send-mail.ts';
import { endSessions } from '../sessions/end-session.ts';
import { actorAndSubject, noteSuspension } from './moderated-account.ts';

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
  await noteSuspension(tx, actor, subject, 'ACCOUNT_SUSPENDED', reason);
  return suspended;
}
