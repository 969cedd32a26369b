import { UserRegistered } from '@socialhub/platform/contracts/auth';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { insertPerson } from '../store/members/people.ts';

export const onUserRegistered = consumer(UserRegistered, async (tx: Tx, { data }) => {
  await insertPerson(tx, data.userId);
});
