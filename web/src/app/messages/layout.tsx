import type { ReactNode } from 'react';
import { ChatFrame } from '../../features/chat/chat-frame.tsx';
import { ConversationList } from '../../features/chat/conversation-list.tsx';
import { readConversations } from '../../features/chat/read-conversations.ts';
import { presumedState } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';

/** Every page of messages has the list of conversations beside it; whoever is not signed in is sent away by the page. */
export default async function MessagesLayout({ children }: { children: ReactNode }) {
  // What becomes of everybody else its pages say.
  if ((await presumedState()) !== 'signedIn') return children;
  const { data, faults } = await readConversations(null);
  const page = data?.conversations;
  return (
    <ChatFrame
      list={
        page && data.viewer ? (
          <ConversationList first={page} viewerId={data.viewer.id} />
        ) : (
          <LoadFault faults={faults} href="/messages" />
        )
      }
    >
      {children}
    </ChatFrame>
  );
}
