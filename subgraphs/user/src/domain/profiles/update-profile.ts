import { UserUpdated } from '@socialhub/platform/contracts/user';
import { notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Tx } from '../../store/client.ts';
import { lockProfiles, type ProfileChanges, updateProfileRow } from '../../store/profiles/profiles.ts';
import { checkImagesAreLeft } from './check-profile-changes.ts';

/** Changes the profile and tells the others; does nothing when it is so already. Throws NOT_FOUND, BAD_USER_INPUT. */
export async function updateProfile(tx: Tx, userId: string, changes: ProfileChanges): Promise<void> {
  const [present] = await lockProfiles(tx, [userId]);
  if (!present) throw notFound('User');
  if (isSame(present, changes)) return;
  await checkImagesAreLeft(tx, changes);
  const profile = await updateProfileRow(tx, userId, changes);
  await publish(tx, UserUpdated, {
    userId,
    username: profile.username,
    displayName: profile.displayName,
    isPrivate: profile.isPrivate,
  });
}

const isSame = (present: ProfileChanges, changes: ProfileChanges): boolean =>
  Object.entries(changes).every(([name, value]) => present[name as keyof ProfileChanges] === value);
