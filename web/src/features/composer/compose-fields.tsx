'use client';

import { type DragEvent, type ReactNode, useState } from 'react';
import { useTexts } from '#texts';
import { filesOf, hasFiles } from '../media/picture-files.ts';
import { type Audience, audienceOf, audiences } from './audience.ts';
import styles from './composer.module.css';

/** Takes pictures that are dropped on it. */
export function DropPlace({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);
  function onDragOver(event: DragEvent) {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    setIsOver(true);
  }
  function onDrop(event: DragEvent) {
    setIsOver(false);
    const files = filesOf(event.dataTransfer);
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same for whoever does not drag.
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={onDragOver}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      {children}
    </div>
  );
}

export function ContentWarning({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTexts('composer');
  return (
    <details className={styles.warning} open={value !== '' || undefined}>
      <summary>{t('contentWarning')}</summary>
      <label htmlFor="compose-warning" className="visually-hidden">
        {t('whatReadersToldFirst')}
      </label>
      <input
        id="compose-warning"
        name="contentWarning"
        type="text"
        dir="auto"
        maxLength={400}
        placeholder={t('whatReadersToldBefore')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </details>
  );
}

export function AudienceField({ value, onChange }: { value: Audience; onChange: (value: Audience) => void }) {
  const t = useTexts('composer');
  return (
    <>
      <label htmlFor="compose-visibility" className="visually-hidden">
        {t('whoCanSee')}
      </label>
      <select
        id="compose-visibility"
        name="visibility"
        value={value}
        onChange={(event) => onChange(audienceOf(event.target.value))}
      >
        {audiences.map((audience) => (
          <option key={audience} value={audience}>
            {t(`for${audience}`)}
          </option>
        ))}
      </select>
    </>
  );
}
