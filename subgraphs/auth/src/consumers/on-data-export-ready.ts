import { DataExportReady } from '@socialhub/platform/contracts/data-export';
import { consumer } from '@socialhub/platform/events/consumer';
import { sendMail } from '../domain/mail/send-mail.ts';
import { findAccount } from '../store/accounts/accounts.ts';
import type { Tx } from '../store/client.ts';

/** Tells the owner, who alone can fetch it, and who may not have been the one who asked. */
export const onDataExportReady = consumer(DataExportReady, async (tx: Tx, { data }) => {
  const account = await findAccount(tx, data.userId);
  if (account) await sendMail(tx, 'DATA_EXPORT_READY', account.email, account.id);
});
