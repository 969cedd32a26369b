import type { Viewer } from '@socialhub/platform/identity/identity';
import type { ViewerRelationship } from '../generated/resolvers.ts';
import type { Loaders } from '../store/loaders.ts';

/** How the viewer stands to somebody; null for nobody and for oneself. */
export async function viewerRelationship(
  loaders: Loaders,
  viewer: Viewer | null,
  user: { id: string },
): Promise<ViewerRelationship | null> {
  if (!viewer || viewer.userId === user.id) return null;
  const [rows, blocked] = await Promise.all([
    loaders.betweenViewerAnd.load(user.id),
    loaders.blockedByViewer.load(user.id),
  ]);
  const outward = rows.find((row) => row.followerId === viewer.userId);
  const inward = rows.find((row) => row.followeeId === viewer.userId);
  return {
    follow: outward?.standing ?? 'NONE',
    followedBy: inward?.standing === 'FOLLOWING',
    blocking: blocked !== null,
  };
}
