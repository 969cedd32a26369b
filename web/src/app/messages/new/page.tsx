import { textsNow } from '#texts';
import styles from '../../../features/chat/chat.module.css';
import { ChoosePeople } from '../../../features/chat/choose-people.tsx';
import { readPeople } from '../../../features/chat/read-people.ts';
import { titled } from '../../../i18n/titled.ts';
import { signedInFor } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';
import { Unavailable } from '../../../ui/notice.tsx';

export const generateMetadata = titled('chat', 'newMessage');

/** Where one chooses whom to write to: who is looked for and who is chosen stand in the address. */
export default async function NewMessagePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('chat');
  const session = await signedInFor('/messages/new');
  if (session.state === 'unavailable' || !session.viewer) return <Unavailable href="/messages/new" />;
  const viewerId = session.viewer.id;
  const { q, memberId } = await searchParams;
  const query = typeof q === 'string' ? q.trim() : '';
  const ids = [memberId ?? []].flat();
  const { chosen, found, faults } = await readPeople(query, ids);
  return (
    <div className={styles.page}>
      <h1 className="page-title">{t('newMessage')}</h1>
      {faults.length > 0 && <LoadFault faults={faults} href="/messages/new" />}
      <ChoosePeople
        viewerId={viewerId}
        query={query}
        chosen={chosen.filter(({ id }) => id !== viewerId)}
        found={found}
        firstKey={crypto.randomUUID()}
      />
    </div>
  );
}
