import { type Connection, cursorCodec } from '@socialhub/platform/database/pagination';
import { badUserInput } from '@socialhub/platform/errors';
import { requireViewer, type SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import * as z from 'zod';
import type { ConversationMessagesArgs } from '../../generated/resolvers.ts';
import type { Client } from '../../store/client.ts';
import type { ConversationRow } from '../../store/conversations/conversations.ts';
import type { Loaders } from '../../store/loaders.ts';
import type { MessageRange, MessageRow } from '../../store/messages/messages.ts';

const place = z.tuple([z.int().min(0).max(2_147_483_647)]);
const behindAll = 2_147_483_647;
const defaultSize = 20;

/** Whose page of which conversation. */
interface Reading {
  viewerId: string;
  conversationId: string;
}

const cursorsOf = ({ viewerId, conversationId }: Reading) =>
  cursorCodec('Conversation.messages', place, { viewerId, of: conversationId });

/** Reads Relay's four arguments; without any it is the newest 20. Throws BAD_USER_INPUT naming the one that is wrong. */
export function readMessageRange(reading: Reading, args: Partial<ConversationMessagesArgs>): MessageRange {
  const { first, last, after, before } = args;
  if (first != null && last != null) throw badUserInput('last', 'does not go together with first');
  if (first != null && (first < 1 || first > 100)) throw badUserInput('first', 'must be from 1 to 100');
  if (last != null && (last < 1 || last > 100)) throw badUserInput('last', 'must be from 1 to 100');
  const cursors = cursorsOf(reading);
  // `after` alone reads on from there, anything else without a size reads back from the end.
  const fromBeginning = first != null || (last == null && after != null && before == null);
  return {
    after: after == null ? 0 : cursors.decode('after', after)[0],
    before: before == null ? behindAll : cursors.decode('before', before)[0],
    from: fromBeginning ? 'beginning' : 'end',
    limit: first ?? last ?? defaultSize,
  };
}

/** A page of the conversation, in order of seq. Throws BAD_USER_INPUT. */
export async function listMessages(
  context: Pick<SubgraphContext<Client>, 'viewer'> & { loaders: Loaders },
  conversation: ConversationRow,
  args: Partial<ConversationMessagesArgs>,
): Promise<Connection<MessageRow>> {
  const reading = { viewerId: requireViewer(context).userId, conversationId: conversation.id };
  const asked = readMessageRange(reading, args);
  const range = { ...asked, after: Math.max(asked.after, conversation.joinedAtSeq) };
  const messages = await context.loaders.messages(conversation.id, range);
  return toMessageConnection(reading, conversation, range, messages);
}

/** Seqs have no gap, so that the page's own seqs tell what lies before and behind it of what the viewer sees. */
export function toMessageConnection(
  reading: Reading,
  { lastSeq, joinedAtSeq }: Pick<ConversationRow, 'lastSeq' | 'joinedAtSeq'>,
  range: MessageRange,
  messages: readonly MessageRow[],
): Connection<MessageRow> {
  const { encode } = cursorsOf(reading);
  const edges = messages.map((node) => ({ cursor: encode([node.seq]), node }));
  const low = messages[0]?.seq ?? Math.min(range.after, lastSeq) + 1;
  const high = messages.at(-1)?.seq ?? Math.min(range.before, lastSeq + 1) - 1;
  return {
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: high < lastSeq,
      hasPreviousPage: low > joinedAtSeq + 1,
    },
  };
}
