import Link from 'next/link';
import { memo } from 'react';
import { useLanguage, useTexts } from '#texts';
import type { Zone } from '../../text/when.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { WrittenText } from '../../ui/written-text.tsx';
import { MediaGrid } from '../media/media-grid.tsx';
import type { MessageRowFragment } from './generated/documents.ts';
import { timeOf } from './message-days.ts';
import styles from './messages.module.css';

/** What one can do with messages; the same for all of a page. */
export interface MessageActs {
  openMenu: (message: MessageRowFragment, button: HTMLElement) => void;
  react: (id: string, emoji: string, isGiven: boolean) => void;
}

/** One message: who, when, what it answers, what it says and shows, and what it was given. */
export const MessageRow = memo(function MessageRow({
  message,
  isMine,
  isFirstOfRun,
  isNamed,
  zone,
  acts,
}: {
  message: MessageRowFragment;
  isMine: boolean;
  isFirstOfRun: boolean;
  /** Whether its sender is named: not between two. */
  isNamed: boolean;
  zone: Zone;
  /** What one can do with it; null as long as the graph is not here. */
  acts: MessageActs | null;
}) {
  const language = useLanguage();
  const t = useTexts('chat');
  const { sender, createdAt, deletedAt, editedAt, text, media } = message;
  return (
    <li
      className={styles.message}
      data-mine={isMine || undefined}
      data-first={isFirstOfRun || undefined}
      data-seq={message.seq}
      id={`message-${message.seq}`}
    >
      {!isMine && <span className={styles.face}>{isFirstOfRun && <Avatar person={sender} size={32} />}</span>}
      <div className={styles.what}>
        <p className={isNamed && isFirstOfRun && !isMine ? styles.sender : 'visually-hidden'}>
          {isMine && t('you')}
          {!isMine && !sender && t('nobody')}
          {!isMine && sender && (
            <Link
              href={`/u/${encodeURIComponent(sender.username)}`}
              prefetch={false}
              tabIndex={isNamed && isFirstOfRun ? undefined : -1}
            >
              <bdi>{sender.displayName}</bdi>
            </Link>
          )}
          <span className="visually-hidden">:</span>
        </p>
        <div className={styles.said}>
          <div className={styles.bubble} data-deleted={deletedAt !== null || undefined}>
            <Answered message={message} />
            {deletedAt !== null && <p className={styles.gone}>{t('messageWasDeleted')}</p>}
            {deletedAt === null && text !== '' && <WrittenText text={text} className={styles.text} />}
            {deletedAt === null && (
              <div className={styles.media}>
                <MediaGrid media={media} />
              </div>
            )}
            <p className={styles.meta}>
              <time dateTime={createdAt}>{timeOf(createdAt, { language, zone })}</time>
              {editedAt !== null && deletedAt === null && t('edited')}
            </p>
          </div>
          {acts && deletedAt === null && (
            <button
              type="button"
              className={styles.menuButton}
              aria-haspopup="true"
              onClick={(event) => acts.openMenu(message, event.currentTarget)}
            >
              <span className="visually-hidden">{t('whatDoWithMessage')}</span>
              <span aria-hidden="true">⋯</span>
            </button>
          )}
        </div>
        <Reactions message={message} acts={acts} />
      </div>
    </li>
  );
});

function Answered({ message: { replyTo, deletedAt } }: { message: MessageRowFragment }) {
  const t = useTexts('chat');
  if (!replyTo || deletedAt !== null) return null;
  return (
    <a href={`#message-${replyTo.seq}`} className={styles.answered}>
      <span className={styles.answeredName}>
        <span className="visually-hidden">{t('replies')} </span>
        <bdi>{replyTo.sender?.displayName ?? t('nobody')}</bdi>
      </span>
      <span className={styles.answeredText} dir="auto">
        {replyTo.deletedAt !== null ? t('deletedMessage') : replyTo.text || t('picture')}
      </span>
    </a>
  );
}

function Reactions({
  message: { id, reactions, viewerReactions },
  acts,
}: {
  message: MessageRowFragment;
  acts: MessageActs | null;
}) {
  const t = useTexts('chat');
  const numbers = useNumbers();
  if (reactions.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none.
    <ul role="list" className={styles.reactions} aria-label={t('reactions')}>
      {reactions.map(({ emoji, count }) => {
        const isMine = viewerReactions.includes(emoji);
        const shown = `${emoji} ${numbers(count)}`;
        return (
          <li key={emoji}>
            {acts ? (
              <button
                type="button"
                className={styles.reaction}
                aria-pressed={isMine}
                onClick={({ currentTarget }) => {
                  acts.react(id, emoji, !isMine);
                  // It goes with the last who gave it, and the focus is not to go with it.
                  if (isMine && count === 1) menuBeside(currentTarget)?.focus();
                }}
              >
                {shown}
              </button>
            ) : (
              <span className={styles.reaction} data-mine={isMine || undefined}>
                {shown}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const menuBeside = (element: HTMLElement) =>
  element.closest('li[data-seq]')?.querySelector<HTMLElement>('[aria-haspopup]');
