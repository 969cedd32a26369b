import { viewerLoader } from '@socialhub/platform/database/loaders';
import { createMoments } from '@socialhub/platform/database/moment';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Reader } from '../../store/client.ts';
import { listHearing, presenceKey } from '../../store/members/people.ts';

/** Whether somebody in a conversation is heard by the viewer now; null when the viewer is in it no more. */
export type MayHear = (viewer: Viewer, conversationId: string, userId: string) => Promise<boolean | null>;

/** Asks for all streams of the process that hear of somebody in the same moment at once. */
export function createMayHear(reader: Reader): MayHear {
  const presentMoment = createMoments();
  return (viewer, conversationId, userId) =>
    viewerLoader({ moment: presentMoment(), viewer }, reader, listHearing).load(
      presenceKey(conversationId, userId),
    );
}
