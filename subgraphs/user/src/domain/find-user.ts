import { badUserInput, notFound } from '@socialhub/platform/errors';
import { parseId } from '@socialhub/platform/ids';
import type { Loaders } from '../store/loaders.ts';
import type { ProfileRow } from '../store/profiles.ts';

/** The person with this id, or with this username in whatever case. Throws NOT_FOUND; BAD_USER_INPUT unless given one of them. */
export async function findUser(
  loaders: Loaders,
  { id, username }: { id?: string | null; username?: string | null },
): Promise<ProfileRow> {
  if (id == null && username == null) throw badUserInput('id', 'or username must be given');
  if (id != null && username != null) throw badUserInput('username', "can't be given together with id");
  if (id != null) return loaders.requireProfile(parseId('id', id));
  const profile = await loaders.profileByUsername.load(String(username).trim().toLowerCase());
  if (!profile) throw notFound('User');
  return profile;
}
