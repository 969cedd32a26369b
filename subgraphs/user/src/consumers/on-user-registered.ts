import { UserRegistered } from '@socialhub/platform/contracts/auth';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { insertProfile } from '../store/profiles/profiles.ts';

/** Makes the profile. One that exists stays: it may have changed since. */
export const onUserRegistered = consumer(UserRegistered, (tx: Tx, { data }) =>
  insertProfile(tx, {
    id: data.userId,
    username: data.username,
    displayName: data.displayName,
    createdAt: new Date(data.registeredAt),
  }),
);
