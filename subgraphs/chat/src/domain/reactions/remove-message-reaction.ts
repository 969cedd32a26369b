import type { Viewer } from '@socialhub/platform/identity/identity';
import type { RemoveMessageReactionInput } from '../../generated/resolvers.ts';
import type { Tx } from '../../store/client.ts';
import { deleteReaction } from '../../store/reactions/reactions.ts';
import { tellOfMessage } from '../messages/own-message.ts';
import { lockReaction } from './lock-reaction.ts';

/**
 * Takes the viewer's emoji off a message and gives its id; members learn of it by an event. It not being there changes nothing.
 * Throws NOT_FOUND, BAD_USER_INPUT.
 */
export async function removeMessageReaction(
  tx: Tx,
  viewer: Viewer,
  input: RemoveMessageReactionInput,
): Promise<string> {
  const { reaction, message } = await lockReaction(tx, viewer, input);
  if (await deleteReaction(tx, reaction)) await tellOfMessage(tx, viewer, message, 'REACTION_CHANGED');
  return message.id;
}
