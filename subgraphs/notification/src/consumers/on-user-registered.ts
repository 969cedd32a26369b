import { UserRegistered } from '@socialhub/platform/contracts/auth';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { insertRecipient } from '../store/recipients.ts';

export const onUserRegistered = consumer(UserRegistered, async (tx: Tx, { data }) => {
  await insertRecipient(tx, data.userId);
});
