import { typingIn } from '@socialhub/platform/contracts/signals';
import { forbidden } from '@socialhub/platform/errors';
import { BrokerUnavailable } from '@socialhub/platform/events/broker';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client } from '../../store/client.ts';
import type { ConversationRow } from '../../store/conversations/conversations.ts';
import { isCutOff } from '../../store/members/people.ts';
import type { TypingPace } from './typing-pace.ts';
import { typingMs } from './typing-signal.ts';

/**
 * Tells whoever watches a conversation of the viewer's that they write there, or have stopped; not if it was told just now. Without
 * its broker nobody is told. Throws FORBIDDEN where the viewer could not write.
 */
export async function setTyping(
  { db, live, typingPace }: Pick<SubgraphContext<Client>, 'db' | 'live'> & { typingPace: TypingPace },
  { userId }: Viewer,
  { id, kind }: Pick<ConversationRow, 'id' | 'kind'>,
  isTyping: boolean,
): Promise<void> {
  if (kind === 'DIRECT' && (await isCutOff(db.prisma, id, userId))) {
    throw forbidden('This person can’t be written to');
  }
  if (!typingPace.admits(id, userId, isTyping)) return;
  const until = isTyping ? new Date(Date.now() + typingMs).toISOString() : null;
  await live.signal(typingIn(id), { userId, until }).catch((error: unknown) => {
    if (!(error instanceof BrokerUnavailable)) throw error;
  });
}
