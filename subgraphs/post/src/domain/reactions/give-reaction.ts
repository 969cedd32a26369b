import { badUserInput } from '@socialhub/platform/errors';
import type { Tx } from '../../store/client.ts';
import {
  insertReaction,
  listOwnReactions,
  type Reactable,
  type Reaction,
} from '../../store/reactions/reactions.ts';

const maxPerPerson = 5;

/**
 * Puts an emoji there and gives the time; null when it is there already. The caller holds its lock. Throws BAD_USER_INPUT for a
 * sixth.
 */
export async function giveReaction(tx: Tx, to: Reactable, reaction: Reaction): Promise<Date | null> {
  const given = await listOwnReactions(tx, to, reaction);
  if (given.includes(reaction.emoji)) return null;
  if (given.length >= maxPerPerson)
    throw badUserInput('input.emoji', `is one too many: a person may put ${maxPerPerson} on a ${to.kind}`);
  return insertReaction(tx, to, reaction);
}
