import { UserMuted } from '@socialhub/platform/contracts/user';
import { badUserInput, notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { MuteUserInput } from '../../generated/resolvers.ts';
import { isBlocking } from '../../store/blocks/blocks.ts';
import type { Tx } from '../../store/client.ts';
import { deleteLapsedMutes, upsertMute } from '../../store/mutes/mutes.ts';
import { lockProfiles } from '../../store/profiles/profiles.ts';

/** The home timeline looks every person up among them, and those who are not found are passed by in their list. */
const maxMutes = 5_000;
/** Who means to mute for longer means for ever, or counted in another unit. */
const longestMs = 10 * 366 * 86_400_000;

type Terms = Pick<MuteUserInput, 'until' | 'notifications'>;

/** Keeps what somebody does from a person, as the terms say; does nothing when that is so already. Throws BAD_USER_INPUT, NOT_FOUND. */
export async function muteUser(tx: Tx, muterId: string, mutedId: string, terms: Terms): Promise<void> {
  const until = checkUntil(terms.until ?? null);
  const notifications = terms.notifications ?? true;
  const locked = await lockProfiles(tx, [muterId, mutedId]);
  if (!locked.find((profile) => profile.id === mutedId)?.isActive || locked.length < 2)
    throw notFound('User');
  // Seen under the locks: a block that was put meanwhile holds.
  if (await isBlocking(tx, mutedId, muterId)) throw notFound('User');
  await deleteLapsedMutes(tx, muterId);
  const isChanged = await upsertMute(tx, { muterId, mutedId, until, notifications }, maxMutes);
  if (isChanged === null)
    throw badUserInput('input.userId', `is one too many: a person mutes ${maxMutes} people at most`);
  if (!isChanged) return;
  const at = new Date().toISOString();
  await publish(tx, UserMuted, { muterId, mutedId, at, until: until?.toISOString() ?? null, notifications });
}

function checkUntil(until: Date | null): Date | null {
  if (until === null) return null;
  const ms = until.getTime() - Date.now();
  if (ms <= 0) throw badUserInput('input.until', 'must be in the future');
  if (ms > longestMs)
    throw badUserInput('input.until', 'is more than 10 years ahead: leave it out to mute for ever');
  return until;
}
