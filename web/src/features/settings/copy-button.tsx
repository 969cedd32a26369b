'use client';

import { useEffect, useState } from 'react';
import { useTexts } from '#texts';

/** Puts a text into the clipboard; without JavaScript it is not there. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const t = useTexts('settings');
  const [shown, setShown] = useState(false);
  const [status, setStatus] = useState('');
  useEffect(() => setShown(true), []);
  if (!shown) return null;

  const copy = async () => {
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setStatus(done ? t('copied') : t('browserDidNotAllow'));
  };
  return (
    <>
      <button type="button" className="button" onClick={copy}>
        {label}
      </button>
      <span role="status">{status}</span>
    </>
  );
}
