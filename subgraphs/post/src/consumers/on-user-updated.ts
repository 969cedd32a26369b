import { UserUpdated } from '@socialhub/platform/contracts/user';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { updatePerson } from '../store/visibility/people.ts';

export const onUserUpdated = consumer(UserUpdated, async (tx: Tx, { data, sequence }) => {
  await updatePerson(tx, { id: data.userId, username: data.username, isPrivate: data.isPrivate, sequence });
});
