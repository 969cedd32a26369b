'use client';

import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import styles from '../../ui/menu.module.css';

/** Puts a post's address into the clipboard, or gives it to what the device shares by; without JavaScript it is not there. */
export function SharePost({ path }: { path: string }) {
  const t = useTexts('ui');
  const [ways, setWays] = useState({ copy: false, share: false });
  const [status, setStatus] = useState('');
  useEffect(() => setWays({ copy: true, share: typeof navigator.share === 'function' }), []);
  const address = () => new URL(path, location.href).href;
  async function copy() {
    const isCopied = await navigator.clipboard?.writeText(address()).then(
      () => true,
      () => false,
    );
    setStatus(isCopied ? t('copied') : t('browserDidNotAllow'));
  }
  return (
    <>
      {ways.copy && (
        <li>
          <button type="button" className={styles.item} onClick={copy}>
            {t('copyLink')} <span role="status">{status}</span>
          </button>
        </li>
      )}
      {ways.share && (
        <li>
          {/* Whoever thinks better of it is told nothing. */}
          <button
            type="button"
            className={styles.item}
            onClick={() => void navigator.share({ url: address() }).catch(() => undefined)}
          >
            {t('share')}
          </button>
        </li>
      )}
    </>
  );
}
