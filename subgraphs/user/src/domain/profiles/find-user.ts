import { badUserInput } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { usernameKey } from '@socialhub/platform/text/username';
import type { Loaders } from '../../store/loaders.ts';
import type { ProfileRow } from '../../store/profiles/profiles.ts';

/** The person with this id, or with this username in whatever case. Throws BAD_USER_INPUT unless given one of them. */
export async function findUser(
  loaders: Loaders,
  viewer: Viewer | null,
  { id, username }: { id?: string | null; username?: string | null },
): Promise<ProfileRow | null> {
  if (id == null && username == null) throw badUserInput('id', 'or username must be given');
  if (id != null && username != null) throw badUserInput('username', "can't be given together with id");
  if (id != null) {
    return id === viewer?.userId ? loaders.registeredProfile(id) : loaders.profile.load(id);
  }
  const key = usernameKey(String(username));
  // What no username can be need not be looked for.
  return key === null ? null : loaders.profileByUsername.load(key);
}
