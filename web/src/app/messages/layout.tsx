import type { ReactNode } from 'react';
import { ChatFrame } from '../../features/chat/chat-frame.tsx';
import { ConversationList } from '../../features/chat/conversation-list.tsx';
import { CONVERSATIONS } from '../../features/chat/page-size.ts';
import { ask } from '../../gateway/client.ts';
import { ConversationsQuery } from '../../gateway/operations.ts';
import { currentCaller, currentSession } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';

/** Every page of messages has the list of conversations beside it; whoever is not signed in is sent away by the page. */
export default async function MessagesLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (session.state !== 'signedIn' || !session.viewer) return children;
  const { data, faults } = await ask(
    ConversationsQuery,
    { first: CONVERSATIONS, after: null },
    await currentCaller(),
  );
  const page = data?.conversations;
  return (
    <ChatFrame
      list={
        page ? (
          <ConversationList first={page} viewerId={session.viewer.id} />
        ) : (
          <LoadFault faults={faults} href="/messages" />
        )
      }
    >
      {children}
    </ChatFrame>
  );
}
