'use client';

import { type DragEvent, type ReactNode, useState } from 'react';
import { filesOf, hasFiles } from '../media/picture-files.ts';
import { type Audience, audienceNames, audienceOf } from './audience.ts';
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
  return (
    <details className={styles.warning} open={value !== '' || undefined}>
      <summary>Content warning</summary>
      <label htmlFor="compose-warning" className="visually-hidden">
        What readers are told first
      </label>
      <input
        id="compose-warning"
        name="contentWarning"
        type="text"
        dir="auto"
        maxLength={400}
        placeholder="What readers are told before they see the post"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </details>
  );
}

export function AudienceField({ value, onChange }: { value: Audience; onChange: (value: Audience) => void }) {
  return (
    <>
      <label htmlFor="compose-visibility" className="visually-hidden">
        Who can see it
      </label>
      <select
        id="compose-visibility"
        name="visibility"
        value={value}
        onChange={(event) => onChange(audienceOf(event.target.value))}
      >
        {Object.entries(audienceNames).map(([audience, name]) => (
          <option key={audience} value={audience}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}
