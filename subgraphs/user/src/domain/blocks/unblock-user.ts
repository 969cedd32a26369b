import { UserUnblocked } from '@socialhub/platform/contracts/user';
import { publish } from '@socialhub/platform/events/outbox';
import { deleteBlock } from '../../store/blocks/blocks.ts';
import type { Tx } from '../../store/client.ts';
import { lockProfiles } from '../../store/profiles/profiles.ts';

/** Ends a block; does nothing when it is over. */
export async function unblockUser(tx: Tx, blockerId: string, blockedId: string): Promise<void> {
  await lockProfiles(tx, [blockerId, blockedId]);
  if (!(await deleteBlock(tx, blockerId, blockedId))) return;
  await publish(tx, UserUnblocked, { blockerId, blockedId, at: new Date().toISOString() });
}
