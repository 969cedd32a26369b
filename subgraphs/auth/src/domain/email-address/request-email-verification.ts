import type { Database } from '@socialhub/platform/database';
import type { Viewer } from '@socialhub/platform/identity';
import type { Client } from '../../store/client.ts';
import { ownAccount } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import type { Throttles } from '../throttling/throttles.ts';

/** Sends the mail again with which the viewer confirms their address; false, and none, when they have. */
export async function requestEmailVerification(
  deps: { db: Database<Client>; throttles: Throttles },
  viewer: Viewer,
): Promise<boolean> {
  const { row } = await ownAccount(deps.db.prisma, viewer);
  if (row.emailVerifiedAt) return false;
  await deps.throttles.mailsPerRequester.count(`VERIFY_EMAIL ${row.id}`);
  await deps.db.transaction((tx) => sendMail(tx, 'VERIFY_EMAIL', row.email));
  return true;
}
