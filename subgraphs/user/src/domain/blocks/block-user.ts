import { UserBlocked } from '@socialhub/platform/contracts/user';
import { notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import { insertBlock, isBlocking } from '../../store/blocks/blocks.ts';
import type { Tx } from '../../store/client.ts';
import { lockProfiles } from '../../store/profiles/profiles.ts';
import { unfollowUser } from '../follows/unfollow-user.ts';

/** Keeps two people apart, at the wish of one; does nothing when that is so already. Throws NOT_FOUND. */
export async function blockUser(tx: Tx, blockerId: string, blockedId: string): Promise<void> {
  const locked = await lockProfiles(tx, [blockerId, blockedId]);
  // Of two people who block each other at the same moment the second does not find the first any more.
  if (locked.length < 2 || (await isBlocking(tx, blockedId, blockerId))) throw notFound('User');
  const since = await insertBlock(tx, blockerId, blockedId);
  if (!since) return;
  await unfollowUser(tx, blockerId, blockedId);
  await unfollowUser(tx, blockedId, blockerId);
  await publish(tx, UserBlocked, { blockerId, blockedId, at: since.toISOString() });
}
