'use client';

import type { FragmentType } from '@apollo/client';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { useGraph, useViewerId } from '../../graph/live.tsx';
import { useLive } from '../../graph/use-live.ts';
import { usePart } from '../../graph/use-part.ts';
import styles from './comments.module.css';
import { type ShownCommentsFragment, ShownCommentsFragmentDoc } from './generated/new-comments.ts';
import type { Arrived } from './live-comments.ts';

const none: Arrived[] = [];
const load = () => import('./live-comments.ts');

/**
 * Keeps an open post true: what others change of it shows, and how many comments came that are not shown yet, which it shows when one
 * wants to: what one reads stays where it is. `after` is where the page begins.
 */
export function NewComments({
  part,
  after,
}: {
  part: FragmentType<ShownCommentsFragment>;
  after: string | null;
}) {
  const t = useTexts('comments');
  const graph = useGraph();
  const viewerId = useViewerId();
  const { id, comments } = usePart(ShownCommentsFragmentDoc, part);
  const arrived = useLive(none, async () => (await load()).watchPost(id, after));
  const [isLoading, setIsLoading] = useState(false);
  const focusOn = useRef<string | null>(null);
  const shown = new Set(
    comments.edges.flatMap(({ node }) => [node.id, ...node.replies.edges.map((edge) => edge.node.id)]),
  );
  // One's own are there at once where they were written.
  const fresh = arrived.filter((one) => !shown.has(one.id) && one.authorId !== viewerId);

  useEffect(() => {
    const first = focusOn.current;
    const card = first === null ? null : document.getElementById(`comment-${first}`)?.closest('article');
    if (!card) return;
    focusOn.current = null;
    card.focus();
  });

  async function show() {
    if (!graph || isLoading) return;
    setIsLoading(true);
    focusOn.current = fresh[0]?.id ?? null;
    await (await load()).readComments(graph, id, after).catch(() => undefined);
    setIsLoading(false);
  }

  return (
    <div role="status">
      {fresh.length > 0 && (
        <p className={styles.fresh}>
          <button type="button" className="button" onClick={show} aria-disabled={isLoading || undefined}>
            {t('showNew', { n: fresh.length })}
          </button>
        </p>
      )}
    </div>
  );
}
