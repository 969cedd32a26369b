'use client';

import type { FragmentType } from '@apollo/client';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { useGraph, useViewerId } from '../../graph/live.tsx';
import { useLive } from '../../graph/use-live.ts';
import { usePart } from '../../graph/use-part.ts';
import styles from './comments.module.css';
import {
  type ShownCommentsFragment,
  ShownCommentsFragmentDoc,
  type ShownRepliesFragment,
  ShownRepliesFragmentDoc,
} from './generated/new-comments.ts';
import type { Arrived, OpenPage } from './live-comments.ts';

const none: Arrived[] = [];
const load = () => import('./live-comments.ts');

/**
 * Keeps an open post true: what others change of it shows, and how many comments came that are not shown yet, which it shows when one
 * wants to: what one reads stays where it is. `after` is where the page begins.
 */
export function NewComments(props: { part: FragmentType<ShownCommentsFragment>; after: string | null }) {
  const { id, comments } = usePart(ShownCommentsFragmentDoc, props.part);
  return <Fresh page={{ of: 'post', id, postId: id, after: props.after }} edges={comments.edges} />;
}

/** As NewComments, of an open comment and what answers it. */
export function NewReplies(props: { part: FragmentType<ShownRepliesFragment>; after: string | null }) {
  const { id, post, replies } = usePart(ShownRepliesFragmentDoc, props.part);
  return <Fresh page={{ of: 'comment', id, postId: post.id, after: props.after }} edges={replies.edges} />;
}

/** `page` is the one of the first render. */
function Fresh({ page, edges }: { page: OpenPage; edges: ShownCommentsFragment['comments']['edges'] }) {
  const t = useTexts('comments');
  const graph = useGraph();
  const viewerId = useViewerId();
  const arrived = useLive(none, async () => (await load()).watchPage(page));
  const [isLoading, setIsLoading] = useState(false);
  const focusOn = useRef<string | null>(null);
  const shown = new Set(
    edges.flatMap(({ node }) => [node.id, ...node.replies.edges.map((edge) => edge.node.id)]),
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
    await (await load()).readComments(graph, page).catch(() => undefined);
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
