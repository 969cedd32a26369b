import type { Viewer } from '@socialhub/platform/identity/identity';
import type { ViewerRelationship } from '../../generated/resolvers.ts';
import type { Loaders } from '../../store/loaders.ts';

/** How the viewer stands to somebody; null for nobody and for oneself. */
export async function viewerRelationship(
  loaders: Loaders,
  viewer: Viewer | null,
  user: { id: string },
): Promise<ViewerRelationship | null> {
  if (!viewer || viewer.userId === user.id) return null;
  const { outward, inward, bell, isBlocking, ...mute } = await loaders.relationship.load(user.id);
  return {
    follow: outward ?? 'NONE',
    followedBy: inward === 'FOLLOWING',
    blocking: isBlocking,
    bell,
    muting: mute.isMuting,
    mutedUntil: mute.mutedUntil,
    mutingNotifications: mute.isMutingNotifications,
  };
}
