'use client';

import { type ChangeEvent, useId } from 'react';
import { useTexts } from '#texts';
import styles from './uploads.module.css';

/** What telephones offer to convert to. */
const accepted = 'image/jpeg,image/png,image/webp,image/gif';

/** The button that lets one choose pictures. */
export function UploadButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTexts('uploads');
  const id = useId();
  function onChange({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    const files = [...(currentTarget.files ?? [])];
    // The same file may be chosen again.
    currentTarget.value = '';
    if (files.length > 0) onFiles(files);
  }
  return (
    <span className={styles.choose}>
      <input id={id} type="file" accept={accepted} multiple className="visually-hidden" onChange={onChange} />
      <label htmlFor={id} className="button quiet">
        <PictureIcon />
        <span className={styles.chooseText}>{t('pictures')}</span>
      </label>
    </span>
  );
}

function PictureIcon() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <rect x="3" y="4" width="18" height="16" rx="3" />
      <circle cx="9" cy="10" r="1.6" />
      <path d="m4 18 5-5 3 3 4-5 5 6" strokeLinejoin="round" />
    </svg>
  );
}
