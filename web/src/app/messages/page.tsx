import { textsNow } from '#texts';
import styles from '../../features/chat/chat.module.css';
import { ConversationRows } from '../../features/chat/conversation-list.tsx';
import { CONVERSATIONS } from '../../features/chat/page-size.ts';
import { cursorFrom } from '../../features/feed/timeline-page.ts';
import { ask } from '../../gateway/client.ts';
import { ConversationsQuery } from '../../gateway/operations.ts';
import { titled } from '../../i18n/titled.ts';
import { currentCaller, signedInFor } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';
import { Unavailable } from '../../ui/notice.tsx';

export const generateMetadata = titled('chat', 'messages');

/** The list alone; with `after` in the address an earlier part of it. */
export default async function MessagesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('chat');
  const session = await signedInFor('/messages');
  if (session.state === 'unavailable' || !session.viewer) return <Unavailable href="/messages" />;
  const after = cursorFrom((await searchParams).after);
  if (after === null)
    return (
      <div className={styles.idle}>
        <h1 className="visually-hidden">{t('messages')}</h1>
        <p>{t('chooseConversationOrStart')}</p>
      </div>
    );
  const { data, faults } = await ask(
    ConversationsQuery,
    { first: CONVERSATIONS, after },
    await currentCaller(),
  );
  return (
    <div className={styles.page}>
      <h1 className="page-title">{t('earlierConversations')}</h1>
      <p>
        <a href="/messages">{t('backLatest')}</a>
      </p>
      {data?.conversations ? (
        <ConversationRows page={data.conversations} viewerId={session.viewer.id} />
      ) : (
        <LoadFault faults={faults} href="/messages" />
      )}
    </div>
  );
}
