import { badUserInput, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { parseId } from '@socialhub/platform/ids';
import { usernameKey } from '@socialhub/platform/text/username';
import type { Loaders } from '../store/loaders.ts';
import type { ProfileRow } from '../store/profiles.ts';
import { requireOwn } from './require-user.ts';

/** The person with this id, or with this username in whatever case. Throws NOT_FOUND; BAD_USER_INPUT unless given one of them. */
export async function findUser(
  loaders: Loaders,
  viewer: Viewer | null,
  { id, username }: { id?: string | null; username?: string | null },
): Promise<ProfileRow> {
  if (id == null && username == null) throw badUserInput('id', 'or username must be given');
  if (id != null && username != null) throw badUserInput('username', "can't be given together with id");
  if (id != null) {
    const userId = parseId('id', id);
    return userId === viewer?.userId ? requireOwn(loaders, viewer) : loaders.requireProfile(userId);
  }
  const key = usernameKey(String(username));
  // What no username can be need not be looked for.
  const profile = key === null ? null : await loaders.profileByUsername.load(key);
  if (!profile) throw notFound('User');
  return profile;
}
