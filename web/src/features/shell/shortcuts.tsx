'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { isPlaceKey, isTaken, keysAreOn, moveAmongPosts, PLACES, setKeys } from './shortcut-keys.ts';
import styles from './shortcuts.module.css';

/** Of two keys the second comes within this. */
const togetherMs = 1_500;

const DEEDS = [
  { keys: ['n'], does: 'writePost' },
  { keys: ['/'], does: 'search' },
  { keys: ['j'], does: 'nextPost' },
  { keys: ['k'], does: 'previousPost' },
  { keys: ['?'], does: 'theseKeys' },
] as const;

/** Keys that lead about the site for members, and the sheet that tells of them, which a button opens too. */
export function Shortcuts() {
  const t = useTexts('shell');
  const router = useRouter();
  const sheet = useRef<HTMLDialogElement>(null);
  const [isOn, setIsOn] = useState(true);

  useEffect(() => {
    let goSince = Number.NEGATIVE_INFINITY;
    setIsOn(keysAreOn());

    function search(): void {
      const field = document.querySelector<HTMLElement>('main input[type=search]');
      if (field) field.focus();
      else router.push('/search');
    }

    function act(key: string): boolean {
      const isSecond = performance.now() - goSince < togetherMs;
      goSince = Number.NEGATIVE_INFINITY;
      if (isSecond && isPlaceKey(key)) router.push(PLACES[key].path);
      else if (key === 'g') goSince = performance.now();
      else if (key === 'n') router.push('/compose');
      else if (key === '/') search();
      else if (key === 'j') moveAmongPosts(1);
      else if (key === 'k') moveAmongPosts(-1);
      else if (key === '?') sheet.current?.showModal();
      else return false;
      return true;
    }

    function onKeyDown(event: KeyboardEvent): void {
      if (isTaken(event) || document.querySelector('dialog[open]') || !keysAreOn()) return;
      if (act(event.key)) event.preventDefault();
    }

    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [router]);

  function onSwitch(on: boolean) {
    setKeys(on);
    setIsOn(on);
  }

  return (
    <>
      <button type="button" className={styles.open} onClick={() => sheet.current?.showModal()}>
        {t('shortcuts')}
      </button>
      <dialog ref={sheet} className={styles.sheet} aria-labelledby="shortcuts">
        <h2 id="shortcuts" className={styles.title}>
          {t('shortcuts')}
        </h2>
        <dl className={styles.keys}>
          {Object.entries(PLACES).map(([key, { label }]) => (
            <Row key={key} keys={['g', key]} does={t(label)} />
          ))}
          {DEEDS.map(({ keys, does }) => (
            <Row key={does} keys={keys} does={t(does)} />
          ))}
        </dl>
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={isOn}
            onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
          />
          {t('useKeys')}
        </label>
        <form method="dialog">
          <button type="submit" className="button">
            {t('close')}
          </button>
        </form>
      </dialog>
    </>
  );
}

function Row({ keys, does }: { keys: readonly string[]; does: string }) {
  return (
    <div className={styles.row}>
      <dt>
        {keys.map((key) => (
          <kbd key={key} className={styles.key}>
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
