import 'server-only';
import { ask } from '../gateway/client.ts';
import { UnreadConversationsQuery } from '../gateway/operations.ts';
import { currentCaller, currentSession } from './current-session.ts';

/** No page waits longer than this for a number beside a link, which the graph fills in. */
const countWithinMs = 300;

/** Gives in how many conversations something is unread, for what is around a page: within the site nobody asks again. Null: it is not known (yet). */
export async function unreadConversations(): Promise<number | null> {
  const caller = await currentCaller();
  if (!caller.accessToken) return null;
  const stalled = new AbortController();
  const asked = ask(UnreadConversationsQuery, {}, caller, stalled.signal);
  await currentSession();
  const timer = setTimeout(() => stalled.abort(), countWithinMs);
  const { data } = await asked.finally(() => clearTimeout(timer));
  return data?.conversations
    ? data.conversations.edges.filter(({ node }) => node.unreadCount > 0).length
    : null;
}
