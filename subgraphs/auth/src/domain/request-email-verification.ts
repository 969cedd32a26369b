import type { Viewer } from '@socialhub/platform/identity';
import type { Tx } from '../store/client.ts';
import { ownAccount } from './account.ts';
import { sendMail } from './send-mail.ts';

/** Sends the mail again with which the viewer confirms their address, unless they have. */
export async function requestEmailVerification(tx: Tx, viewer: Viewer): Promise<void> {
  const { row } = await ownAccount(tx, viewer);
  if (!row.emailVerifiedAt) await sendMail(tx, 'VERIFY_EMAIL', row.email);
}
