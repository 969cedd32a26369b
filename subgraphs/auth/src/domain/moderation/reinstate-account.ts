import type { Viewer } from '@socialhub/platform/identity/identity';
import { type AccountRow, updateSuspension } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { publishStanding } from '../accounts/publish-standing.ts';
import { sendMail } from '../mail/send-mail.ts';
import { actorAndSubject, noteSuspension } from './moderated-account.ts';

/** Lets somebody in again, by the rules of `suspendAccount`. */
export async function reinstateAccount(tx: Tx, viewer: Viewer, userId: string): Promise<AccountRow> {
  const { actor, subject } = await actorAndSubject(tx, viewer, userId);
  if (subject.suspendedAt === null) return subject;
  const reinstated = await updateSuspension(tx, subject.id, null);
  await publishStanding(tx, reinstated);
  await sendMail(tx, 'ACCOUNT_REINSTATED', subject.email, subject.id);
  await noteSuspension(tx, actor, subject, 'ACCOUNT_REINSTATED', null);
  return reinstated;
}
