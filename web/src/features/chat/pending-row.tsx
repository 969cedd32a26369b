'use client';

import { useTexts } from '#texts';
import { WrittenText } from '../../ui/written-text.tsx';
import { removeWaiting, retryWaiting } from '../outbox/outbox.ts';
import styles from './messages.module.css';
import type { Pending } from './pending.ts';

/** A message that is on its way: that it is, or why it is not, with the ways to send it again or to leave it. */
export function PendingRow({ pending }: { pending: Pending }) {
  const t = useTexts('chat');
  const { key, text, state, fault, media, replyTo } = pending;

  function retry() {
    retryWaiting(pending);
    toBox();
  }

  function remove() {
    removeWaiting(key);
    toBox();
  }

  return (
    <li className={styles.message} data-mine data-pending={state}>
      <div className={styles.what}>
        <p className="visually-hidden">{t('youSaid')}</p>
        <div className={styles.bubble}>
          {replyTo && (
            <p className={styles.answered}>
              <span className={styles.answeredName}>
                <bdi>{replyTo.name}</bdi>
              </span>
              <span className={styles.answeredText} dir="auto">
                {replyTo.text}
              </span>
            </p>
          )}
          {text !== '' && <WrittenText text={text} className={styles.text} />}
          {media.length > 0 && <p>{t('pictures', { n: media.length })}</p>}
          <p className={styles.meta}>
            {state === 'sending' && t('sending')}
            {state === 'waiting' && t('waitsBeSent')}
            {state === 'failed' && t('notSent')}
          </p>
        </div>
        {state === 'failed' && (
          <p role="alert" className={styles.notSent}>
            {fault}{' '}
            <button type="button" onClick={retry}>
              {t('sendAgain')}
            </button>{' '}
            <button type="button" onClick={remove}>
              {t('remove')}
            </button>
          </p>
        )}
      </div>
    </li>
  );
}

/** The button that was pressed goes; one goes on writing. */
const toBox = () => document.getElementById('send-text')?.focus();
