import type { ApolloCache } from '@apollo/client';
import { messageOf } from '../../forms/form-state.ts';
import type { Fault } from '../../gateway/faults.ts';
import type { Graph } from '../../graph/client.ts';
import { sendBy } from '../../graph/send-by.ts';
import { toggleReaction } from '../reactions/toggle-reaction.ts';
import {
  DeleteMessageDocument,
  EditMessageDocument,
  type MessageRowFragment,
  MessageRowFragmentDoc,
  ReactToMessageDocument,
  RemoveMessageReactionDocument,
} from './generated/documents.ts';

/* What one does with a message that is there: it shows at once, and is taken back where it is refused. Each gives why, or null. */

const read = (cache: ApolloCache, id: string) =>
  cache.readFragment<MessageRowFragment>({
    fragment: MessageRowFragmentDoc,
    fragmentName: 'MessageRow',
    id: `Message:${id}`,
  });

const faultOf = async ([fault]: Fault[]): Promise<string | null> => (fault ? messageOf(fault) : null);

/** Gives a message of the viewer's own another text. */
export async function editMessage(
  { client }: Graph,
  messageId: string,
  text: string,
): Promise<string | null> {
  const { faults } = await sendBy(client)(
    EditMessageDocument,
    { messageId, text },
    {
      expect(cache) {
        const message = read(cache, messageId);
        if (!message) return null;
        const edited = { ...message, text, editedAt: message.editedAt ?? new Date().toISOString() };
        return { editMessage: { __typename: 'EditMessagePayload' as const, message: edited } };
      },
    },
  );
  return faultOf(faults);
}

/** Takes a message of the viewer's own away, for everybody. */
export async function deleteMessage({ client }: Graph, messageId: string): Promise<string | null> {
  const { faults } = await sendBy(client)(
    DeleteMessageDocument,
    { messageId },
    {
      expect: () => ({
        deleteMessage: { __typename: 'DeleteMessagePayload' as const, deletedId: messageId },
      }),
      update(cache) {
        cache.modify<MessageRowFragment>({
          id: `Message:${messageId}`,
          fields: {
            text: () => '',
            media: () => [],
            reactions: () => [],
            viewerReactions: () => [],
            deletedAt: (before: string | null) => before ?? new Date().toISOString(),
          },
        });
      },
    },
  );
  return faultOf(faults);
}

/** Puts an emoji of the viewer's on a message, or takes it off. */
export async function reactToMessage(
  { client }: Graph,
  messageId: string,
  emoji: string,
  isGiven: boolean,
): Promise<string | null> {
  const after = (cache: ApolloCache) => {
    const message = read(cache, messageId);
    return message && toggleReaction(message, emoji, isGiven);
  };
  const variables = { messageId, emoji };
  const send = sendBy(client);
  const { faults } = isGiven
    ? await send(ReactToMessageDocument, variables, {
        expect: (cache) => {
          const message = after(cache);
          return message && { reactToMessage: { __typename: 'ReactToMessagePayload' as const, message } };
        },
      })
    : await send(RemoveMessageReactionDocument, variables, {
        expect: (cache) => {
          const message = after(cache);
          return (
            message && {
              removeMessageReaction: { __typename: 'RemoveMessageReactionPayload' as const, message },
            }
          );
        },
      });
  return faultOf(faults);
}
