'use client';

import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import type { PictureFragment as Picture } from './generated/media-grid.ts';
import styles from './lightbox.module.css';

/**
 * A picture over the page, with what it shows, and the ways to those beside it: by its buttons, the arrow keys and Escape. The focus goes back to
 * where it was. A picture is a link to itself without it.
 */
export function Lightbox(props: {
  pictures: readonly Picture[];
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
}) {
  const t = useTexts('media');
  const { pictures, at, onMove, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const picture = pictures[at];

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const move = (by: number) => onMove((at + by + pictures.length) % pictures.length);

  function onKeyDown({ key }: KeyboardEvent) {
    if (pictures.length < 2 || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return;
    const isForward = (key === 'ArrowRight') === (getComputedStyle(document.body).direction === 'ltr');
    move(isForward ? 1 : -1);
  }

  function onClick({ target, currentTarget }: MouseEvent) {
    // Beside the picture.
    if (target === currentTarget || (target instanceof HTMLElement && target.dataset.beside)) onClose();
  }

  if (!picture?.large) return null;
  return (
    <dialog
      ref={dialog}
      className={styles.box}
      aria-label={pictures.length > 1 ? t('pictureOf', { at: at + 1, n: pictures.length }) : t('picture')}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <figure className={styles.figure} data-beside>
        {/* biome-ignore lint/performance/noImgElement: presigned, short-lived addresses gain nothing from the optimizer. */}
        <img
          key={picture.id}
          className={styles.picture}
          src={picture.large}
          alt={picture.altText ?? ''}
          width={picture.width ?? 1200}
          height={picture.height ?? 900}
          referrerPolicy="no-referrer"
        />
        <figcaption className={styles.caption} aria-live="polite">
          {pictures.length > 1 && (
            <span className={styles.count}>{t('count', { at: at + 1, n: pictures.length })}</span>
          )}
          <span dir="auto">{picture.altText ?? t('notDescribed')}</span>
        </figcaption>
      </figure>
      <form method="dialog" className={styles.close}>
        <Button label={t('close')} type="submit">
          ×
        </Button>
      </form>
      {pictures.length > 1 && (
        <>
          <Button label={t('pictureBefore')} className={styles.before} onClick={() => move(-1)}>
            ‹
          </Button>
          <Button label={t('nextPicture')} className={styles.after} onClick={() => move(1)}>
            ›
          </Button>
        </>
      )}
    </dialog>
  );
}

function Button(props: {
  label: string;
  type?: 'submit' | 'button';
  className?: string | undefined;
  onClick?: () => void;
  children: string;
}) {
  const { label, type = 'button', className = '', onClick, children } = props;
  return (
    <button type={type} className={`${styles.button} ${className}`} aria-label={label} onClick={onClick}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}
