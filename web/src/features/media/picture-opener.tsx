'use client';

import { lazy, type MouseEvent, type ReactNode, Suspense, useState } from 'react';
import type { PictureFragment as Picture } from './generated/media-grid.ts';
import styles from './media-grid.module.css';

/** For whoever opens a picture; a link to it does without. */
const loadLightbox = () => import('./lightbox.tsx');
const Lightbox = lazy(async () => ({ default: (await loadLightbox()).Lightbox }));

/** A grid whose pictures, links with the id of theirs as `data-picture`, open over the page. */
export function PictureOpener({
  pictures,
  count,
  children,
}: {
  pictures: Picture[];
  /** How many cells the grid has, at most four. */
  count: number;
  children: ReactNode;
}) {
  const [opened, setOpened] = useState<string | null>(null);
  const at = pictures.findIndex(({ id }) => id === opened);

  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-picture]');
    if (!link) return;
    event.preventDefault();
    loadLightbox().then(
      () => setOpened(link.dataset.picture ?? null),
      () => location.assign(link.href),
    );
  }

  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: of the links in it, which the key "Enter" clicks. */}
      <ul className={styles.grid} data-count={count} onClick={onClick}>
        {children}
      </ul>
      {at >= 0 && (
        <Suspense>
          <Lightbox
            pictures={pictures}
            at={at}
            onMove={(next) => setOpened(pictures[next]?.id ?? null)}
            onClose={() => setOpened(null)}
          />
        </Suspense>
      )}
    </>
  );
}
