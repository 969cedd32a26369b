'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import more from '../../components/timeline.module.css';
import { useLive } from '../../graph/use-live.ts';
import styles from './chat.module.css';
import { ConversationRow } from './conversation-row.tsx';
import type { ConversationPage } from './merge-conversations.ts';

const load = () => import('./live-chat.ts');

/** The conversations, the one with the latest activity first. */
export function ConversationList({ first, viewerId }: { first: ConversationPage; viewerId: string }) {
  const page = useLive(first, async () => (await load()).watchConversations(first));
  return <ConversationRows page={page} viewerId={viewerId} />;
}

/** The rows of a page, and the way to earlier ones. */
export function ConversationRows({ page, viewerId }: { page: ConversationPage; viewerId: string }) {
  const path = usePathname();
  if (page.edges.length === 0) return <p className={styles.nothing}>No conversations yet.</p>;
  const { endCursor, hasNextPage } = page.pageInfo;
  return (
    <>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none. */}
      <ul role="list" className={styles.conversations} aria-label="Conversations, latest first">
        {page.edges.map(({ node }) => (
          <ConversationRow
            key={node.id}
            row={node}
            viewerId={viewerId}
            isCurrent={`${path}/`.startsWith(`/messages/${encodeURIComponent(node.id)}/`)}
          />
        ))}
      </ul>
      {hasNextPage && endCursor !== null && (
        <p className={more.more}>
          <Link href={`/messages?after=${encodeURIComponent(endCursor)}`} className="button" prefetch={false}>
            Earlier ones
          </Link>
        </p>
      )}
    </>
  );
}
