import { badUserInput, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Loaders } from '../../store/loaders.ts';
import type { ProfileRow } from '../../store/profiles/profiles.ts';

/**
 * The other person whom the viewer is about to act on; the viewer is waited for when they registered just now.
 * Throws BAD_USER_INPUT for oneself, NOT_FOUND for nobody.
 */
export async function requireOther(
  loaders: Loaders,
  viewer: Viewer,
  field: string,
  id: string,
): Promise<ProfileRow> {
  if (id === viewer.userId) throw badUserInput(field, "can't be yourself");
  const [other] = await Promise.all([loaders.requireProfile(id), requireOwn(loaders, viewer)]);
  return other;
}

/** The viewer's own profile, which is waited for when they registered just now. Throws NOT_FOUND. */
export async function requireOwn(loaders: Loaders, viewer: Viewer): Promise<ProfileRow> {
  const own = await loaders.registeredProfile(viewer.userId);
  if (!own) throw notFound('User');
  return own;
}
