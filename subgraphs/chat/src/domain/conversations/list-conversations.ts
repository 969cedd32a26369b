import {
  type Connection,
  cursorCodec,
  pageRequest,
  timeAndId,
  toConnection,
} from '@socialhub/platform/database/pagination';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { QueryConversationsArgs } from '../../generated/resolvers.ts';
import type { Reader } from '../../store/client.ts';
import { type ConversationRow, listLatestConversations } from '../../store/conversations/conversations.ts';

/** A page of the viewer's conversations, the one with the latest activity first. Throws BAD_USER_INPUT. */
export async function listConversations(
  reader: Reader,
  viewer: Viewer,
  args: Partial<QueryConversationsArgs>,
): Promise<Connection<ConversationRow>> {
  const cursors = cursorCodec('conversations', timeAndId, { viewerId: viewer.userId });
  const page = pageRequest(args, cursors);
  const rows = await listLatestConversations(reader, viewer.userId, page.limit, page.after);
  return toConnection(rows, page, (row) => [row.lastActivityAt, row.id], cursors);
}
