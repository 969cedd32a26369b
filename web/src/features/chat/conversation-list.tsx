'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type MouseEvent, useState } from 'react';
import { useTexts } from '#texts';
import { useGraph } from '../../graph/live.tsx';
import { useLive } from '../../graph/use-live.ts';
import more from '../../ui/timeline.module.css';
import styles from './chat.module.css';
import { ConversationRow } from './conversation-row.tsx';
import type { ConversationPage } from './merge-conversations.ts';

const load = () => import('./live-chat.ts');

/** The conversations, the one with the latest activity first. */
export function ConversationList({ first, viewerId }: { first: ConversationPage; viewerId: string }) {
  const page = useLive(first, async () => (await load()).watchConversations(first));
  const graph = useGraph();
  const [isLoading, setIsLoading] = useState(false);
  const { endCursor } = page.pageInfo;

  /** In place where the graph is here; the link's own page where it is not, or does not answer. */
  async function loadMore(event: MouseEvent<HTMLAnchorElement>) {
    if (!graph || endCursor === null || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    if (isLoading) return;
    const { href } = event.currentTarget;
    setIsLoading(true);
    await load()
      .then(({ loadConversations }) => loadConversations(graph, page))
      .catch(() => location.assign(href));
    setIsLoading(false);
  }

  return <ConversationRows page={page} viewerId={viewerId} onMore={loadMore} isLoading={isLoading} />;
}

/** The rows of a page, and the way to earlier ones. */
export function ConversationRows({
  page,
  viewerId,
  onMore,
  isLoading = false,
}: {
  page: ConversationPage;
  viewerId: string;
  onMore?: (event: MouseEvent<HTMLAnchorElement>) => void;
  isLoading?: boolean;
}) {
  const t = useTexts('chat');
  const path = usePathname();
  if (page.edges.length === 0) return <p className={styles.nothing}>{t('noConversationsYet')}</p>;
  const { endCursor, hasNextPage } = page.pageInfo;
  return (
    <>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none. */}
      <ul role="list" className={styles.conversations} aria-label={t('conversationsLatestFirst')}>
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
          <Link
            href={`/messages?after=${encodeURIComponent(endCursor)}`}
            className="button"
            prefetch={false}
            onClick={onMore}
            aria-disabled={isLoading || undefined}
          >
            {isLoading ? t('loading') : t('earlierOnes')}
          </Link>
        </p>
      )}
    </>
  );
}
