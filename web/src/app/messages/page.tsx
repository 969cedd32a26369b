import { textsNow } from '#texts';
import styles from '../../features/chat/chat.module.css';
import { ConversationRows } from '../../features/chat/conversation-list.tsx';
import { readConversations } from '../../features/chat/read-conversations.ts';
import { cursorFrom } from '../../features/feed/timeline-page.ts';
import { titled } from '../../i18n/titled.ts';
import { readSignedIn } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';

export const generateMetadata = titled('chat', 'messages');

/** The list alone; with `after` in the address an earlier part of it. */
export default async function MessagesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('chat');
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await readSignedIn('/messages', () => readConversations(after));
  if (after === null)
    return (
      <div className={styles.idle}>
        <h1 className="visually-hidden">{t('messages')}</h1>
        <p>{t('chooseConversationOrStart')}</p>
      </div>
    );
  return (
    <div className={styles.page}>
      <h1 className="page-title">{t('earlierConversations')}</h1>
      <p>
        <a href="/messages">{t('backLatest')}</a>
      </p>
      {data?.conversations && data.viewer ? (
        <ConversationRows page={data.conversations} viewerId={data.viewer.id} />
      ) : (
        <LoadFault faults={faults} href="/messages" />
      )}
    </div>
  );
}
