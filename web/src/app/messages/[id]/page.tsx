import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import styles from '../../../features/chat/chat.module.css';
import { conversationName } from '../../../features/chat/conversation-name.ts';
import { ConversationPane } from '../../../features/chat/conversation-pane.tsx';
import { EarlierPage } from '../../../features/chat/earlier-page.tsx';
import { readConversation } from '../../../features/chat/read-conversation.ts';
import { cursorFrom } from '../../../features/feed/timeline-page.ts';
import { currentSession, signedInFor } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';
import { Unavailable } from '../../../ui/notice.tsx';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const session = await currentSession();
  if (session.state !== 'signedIn' || !session.viewer) return { title: 'Messages' };
  const { id } = await params;
  const { conversation } = await readConversation(id, cursorFrom((await searchParams).before));
  return { title: conversation ? conversationName(conversation, session.viewer.id) : 'Messages' };
}

/** A conversation: its newest messages, or with `before` in the address earlier ones. */
export default async function ConversationPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `/messages/${id}` as const;
  const session = await signedInFor(path);
  if (session.state === 'unavailable' || !session.viewer) return <Unavailable href={path} />;
  const before = cursorFrom((await searchParams).before);
  const { conversation, faults } = await readConversation(id, before);
  if (!conversation && faults.length === 0) notFound();
  if (!conversation)
    return (
      <div className={styles.page}>
        <h1 className="page-title">Messages</h1>
        <LoadFault faults={faults} href={path} />
      </div>
    );
  if (before !== null) return <EarlierPage conversation={conversation} viewerId={session.viewer.id} />;
  return (
    <ConversationPane
      key={conversation.id}
      first={conversation}
      viewerId={session.viewer.id}
      firstKey={crypto.randomUUID()}
    />
  );
}
