'use client';

import { useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import type { Upload, UploadList } from './upload-list.ts';
import styles from './uploads.module.css';

const altTextLimit = 1_500;

/** The pictures that somebody chose: how each of them is, what it shows, its place, and a way to leave it out. */
export function UploadTray({ uploads, items }: { uploads: UploadList; items: readonly Upload[] }) {
  const t = useTexts('uploads');
  const list = useRef<HTMLOListElement>(null);
  const next = useRef<{ key: string | undefined; name: string } | null>(null);

  // The element that was pressed is gone or is elsewhere: the keyboard goes on where the picture is, or beside it.
  useEffect(() => {
    if (!next.current || items.length === 0) return;
    const { key, name } = next.current;
    next.current = null;
    const buttons = list.current?.querySelectorAll<HTMLElement>(`[data-key="${key}"] button`) ?? [];
    const place = [...buttons].find((button) => button.dataset.does === name) ?? buttons[buttons.length - 1];
    place?.focus();
  }, [items]);

  function remove(at: number): void {
    const key = items[at]?.key;
    next.current = { key: (items[at + 1] ?? items[at - 1])?.key, name: 'remove' };
    if (key) uploads.remove(key);
  }

  function move(key: string, by: -1 | 1): void {
    next.current = { key, name: by === 1 ? 'later' : 'earlier' };
    uploads.move(key, by);
  }

  if (items.length === 0) return null;
  const nameOf = (at: number) => (items.length === 1 ? t('thePicture') : t('nth', { n: at + 1 }));
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none.
    <ol role="list" ref={list} className={styles.tray} aria-label={t('chosenPictures')}>
      {items.map(({ key, preview, altText, state, file }, at) => (
        <li key={key} data-key={key} className={styles.item}>
          {/* biome-ignore lint/performance/noImgElement: it is in this page alone. */}
          <img className={styles.preview} src={preview} alt="" width={96} height={96} title={file.name} />
          <div className={styles.about}>
            <label htmlFor={`alt-${key}`} className={styles.label}>
              {items.length === 1 ? t('thePictureShows') : t('whatItShows', { at: nameOf(at) })}
            </label>
            <textarea
              id={`alt-${key}`}
              rows={2}
              dir="auto"
              maxLength={altTextLimit}
              className={styles.altText}
              placeholder={t('descriptionPlaceholder')}
              value={altText}
              onChange={(event) => uploads.describe(key, event.target.value)}
            />
            <UploadStatus name={nameOf(at)} state={state} onRetry={() => uploads.retry(key)} />
            <p className={styles.actions}>
              {at > 0 && (
                <Action
                  does="earlier"
                  label={t('moveForward', { at: nameOf(at) })}
                  onClick={() => move(key, -1)}
                >
                  ↑
                </Action>
              )}
              {at < items.length - 1 && (
                <Action does="later" label={t('moveBack', { at: nameOf(at) })} onClick={() => move(key, 1)}>
                  ↓
                </Action>
              )}
              <Action does="remove" label={t('removeOne', { at: nameOf(at) })} onClick={() => remove(at)}>
                {t('remove')}
              </Action>
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function Action(props: { does: string; label: string; children: string; onClick: () => void }) {
  const { does, label, children, onClick } = props;
  return (
    <button type="button" className={styles.action} data-does={does} aria-label={label} onClick={onClick}>
      {children}
    </button>
  );
}

function UploadStatus(props: { name: string; state: Upload['state']; onRetry: () => void }) {
  const t = useTexts('uploads');
  const { name, state, onRetry } = props;
  if (state.kind === 'ready') return null;
  if (state.kind === 'sending')
    return state.sent < 1 ? (
      <progress className={styles.progress} value={state.sent} max={1} aria-label={t('sending', { name })} />
    ) : (
      <progress className={styles.progress} aria-label={t('preparing', { name })} />
    );
  return (
    <div className={styles.fault}>
      <p role="alert">{state.message}</p>
      {state.canRetry && (
        <button
          type="button"
          className={styles.action}
          aria-label={t('retryOne', { name })}
          onClick={onRetry}
        >
          {t('tryAgain')}
        </button>
      )}
    </div>
  );
}
