import { badUserInput } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { parseId } from '@socialhub/platform/ids';
import type { Loaders } from '../store/loaders.ts';
import type { ProfileRow } from '../store/profiles.ts';

/**
 * The other person whom the viewer is about to act on. Both are waited for when they registered just now.
 * Throws BAD_USER_INPUT for no id and for oneself, NOT_FOUND for nobody.
 */
export async function requireOther(
  loaders: Loaders,
  viewer: Viewer,
  field: string,
  userId: string,
): Promise<ProfileRow> {
  const id = parseId(field, userId);
  if (id === viewer.userId) throw badUserInput(field, "can't be yourself");
  const [other] = await Promise.all([loaders.requireProfile(id), loaders.requireProfile(viewer.userId)]);
  return other;
}
