import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { textsNow } from '#texts';
import styles from '../../../features/chat/chat.module.css';
import { conversationName } from '../../../features/chat/conversation-name.ts';
import { ConversationPane } from '../../../features/chat/conversation-pane.tsx';
import { EarlierPage } from '../../../features/chat/earlier-page.tsx';
import { readConversation } from '../../../features/chat/read-conversation.ts';
import { cursorFrom } from '../../../features/feed/timeline-page.ts';
import { presumedState, readSignedIn } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';
import { Unavailable } from '../../../ui/notice.tsx';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const t = await textsNow('chat');
  if ((await presumedState()) !== 'signedIn') return { title: t('messages') };
  const { id } = await params;
  const { data } = await readConversation(id, cursorFrom((await searchParams).before));
  if (!data?.conversation || !data.viewer) return { title: t('messages') };
  return { title: conversationName(t, data.conversation, data.viewer.id) };
}

/** A conversation: its newest messages, or with `before` in the address earlier ones. */
export default async function ConversationPage({ params, searchParams }: Props) {
  const t = await textsNow('chat');
  const { id } = await params;
  const path = `/messages/${id}` as const;
  const before = cursorFrom((await searchParams).before);
  const { data, faults } = await readSignedIn(path, () => readConversation(id, before));
  const conversation = data?.conversation;
  if (!conversation && faults.length === 0) notFound();
  if (!conversation)
    return (
      <div className={styles.page}>
        <h1 className="page-title">{t('messages')}</h1>
        <LoadFault faults={faults} href={path} />
      </div>
    );
  const viewerId = data.viewer?.id;
  if (viewerId === undefined) return <Unavailable href={path} />;
  if (before !== null) return <EarlierPage conversation={conversation} viewerId={viewerId} />;
  return (
    <ConversationPane
      key={conversation.id}
      first={conversation}
      viewerId={viewerId}
      firstKey={crypto.randomUUID()}
    />
  );
}
