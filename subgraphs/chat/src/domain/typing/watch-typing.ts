import { typingIn } from '@socialhub/platform/contracts/signals';
import { ephemeralStream } from '@socialhub/platform/events/live';
import { requireViewer, type SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client } from '../../store/client.ts';
import type { Loaders } from '../../store/loaders.ts';
import { requireConversation } from '../conversations/find-conversation.ts';
import type { MayHear } from './may-hear.ts';

/** Somebody writes in a conversation, or has stopped. */
export interface Typing {
  userId: string;
  until: Date | null;
}

/**
 * Who else writes in a conversation of the viewer's, as it is told, until the viewer leaves it. Whether they are to hear of it is asked
 * each time. Throws UNAUTHENTICATED, NOT_FOUND.
 */
export async function watchTyping(
  context: Pick<SubgraphContext<Client>, 'viewer' | 'live' | 'signal'> & {
    loaders: Loaders;
    mayHearTyping: MayHear;
  },
  conversationId: string,
): Promise<AsyncGenerator<Typing>> {
  const viewer = requireViewer(context);
  await requireConversation(context.loaders, conversationId);
  const { live, signal, mayHearTyping } = context;
  const told = ephemeralStream({
    live,
    topic: typingIn(conversationId),
    signal,
  });
  return heard(told, viewer.userId, (userId) => mayHearTyping(viewer, conversationId, userId));
}

async function* heard(
  told: AsyncGenerator<{ userId: string; until: string | null }>,
  viewerId: string,
  mayHear: (userId: string) => Promise<boolean | null>,
): AsyncGenerator<Typing> {
  for await (const { userId, until } of told) {
    if (userId === viewerId) continue;
    const isHeard = await mayHear(userId);
    if (isHeard === null) return;
    if (isHeard) yield { userId, until: until === null ? null : new Date(until) };
  }
}
