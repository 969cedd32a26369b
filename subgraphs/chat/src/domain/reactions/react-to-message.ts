import { badUserInput, forbidden } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { ReactToMessageInput } from '../../generated/resolvers.ts';
import type { Tx } from '../../store/client.ts';
import { isCutOff } from '../../store/members/people.ts';
import { insertReaction, listOwnReactions } from '../../store/reactions/reactions.ts';
import { tellOfMessage } from '../messages/own-message.ts';
import { lockReaction } from './lock-reaction.ts';

const maxPerPerson = 5;

/**
 * Puts an emoji on a message that the viewer sees, and gives its id; members learn of it by an event. It being there already
 * changes nothing. Throws NOT_FOUND, BAD_USER_INPUT, and FORBIDDEN where the viewer could not write.
 */
export async function reactToMessage(tx: Tx, viewer: Viewer, input: ReactToMessageInput): Promise<string> {
  const { reaction, message } = await lockReaction(tx, viewer, input);
  if (await isCutOff(tx, message.conversationId, viewer.userId)) {
    throw forbidden('This person can’t be written to');
  }
  const given = await listOwnReactions(tx, message.id, viewer.userId);
  if (given.includes(reaction.emoji)) return message.id;
  if (given.length >= maxPerPerson) {
    throw badUserInput('input.emoji', `is one too many: a person may put ${maxPerPerson} on a message`);
  }
  await insertReaction(tx, reaction);
  await tellOfMessage(tx, viewer, message, 'REACTION_CHANGED');
  return message.id;
}
