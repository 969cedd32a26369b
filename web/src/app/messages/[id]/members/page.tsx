import { notFound } from 'next/navigation';
import { textsNow } from '#texts';
import styles from '../../../../features/chat/chat.module.css';
import { MembersPane } from '../../../../features/chat/members-pane.tsx';
import { readConversation } from '../../../../features/chat/read-conversation.ts';
import { readPeople } from '../../../../features/chat/read-people.ts';
import { titled } from '../../../../i18n/titled.ts';
import { readSignedIn } from '../../../../session/current-session.ts';
import { LoadFault } from '../../../../ui/load-fault.tsx';
import { Unavailable } from '../../../../ui/notice.tsx';

export const generateMetadata = titled('chat', 'members');

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Who is in a group; who is looked for to be taken in stands in the address. */
export default async function MembersPage({ params, searchParams }: Props) {
  const t = await textsNow('chat');
  const { id } = await params;
  const path = `/messages/${id}/members` as const;
  const { q } = await searchParams;
  const query = typeof q === 'string' ? q.trim() : '';
  const [{ data, faults }, people] = await Promise.all([
    readSignedIn(path, () => readConversation(id, null)),
    readPeople(query, []),
  ]);
  const conversation = data?.conversation;
  const viewerId = data?.viewer?.id;
  const shownFaults = [...faults, ...people.faults];
  if (faults.length === 0 && conversation?.kind !== 'GROUP') notFound();
  if (!conversation || shownFaults.length > 0)
    return (
      <div className={styles.page}>
        <h1 className="page-title">{t('members')}</h1>
        <LoadFault faults={shownFaults} href={path} />
      </div>
    );
  if (viewerId === undefined) return <Unavailable href={path} />;
  return (
    <MembersPane
      key={conversation.id}
      first={conversation}
      viewerId={viewerId}
      query={query}
      found={people.found}
    />
  );
}
