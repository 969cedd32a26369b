import Link from 'next/link';
import { useTexts } from '#texts';
import { Avatar } from '../../ui/avatar.tsx';
import { Time } from '../../ui/time.tsx';
import type { NotificationActorFragment, NotificationRowFragment } from './generated/documents.ts';
import { MarkOneRead, useOpened } from './mark-one-read.tsx';
import { notificationText, othersOf } from './notification-text.ts';
import styles from './notifications.module.css';

const namedAtMost = 2;

/** One notification: who, what, about what, when. */
export function NotificationRow({ row }: { row: NotificationRowFragment }) {
  const t = useTexts('notifications');
  const { hasActors, text, href, excerpt } = notificationText(t, row);
  const onOpen = useOpened(row);
  const actors = hasActors ? (row.actors ?? []) : [];
  return (
    <li className={styles.row} data-unread={row.readAt === null || undefined}>
      <span className={styles.face}>{hasActors && <Avatar person={actors[0] ?? null} size={44} />}</span>
      <div className={styles.what}>
        <p>
          {row.readAt === null && <span className="visually-hidden">{t('new')} </span>}
          {hasActors && <Actors row={row} actors={actors.slice(0, namedAtMost)} onOpen={onOpen} />}
          {text} <Time of={row.updatedAt} className={styles.time} />
        </p>
        {href && excerpt && (
          <Link href={href} prefetch={false} className={styles.excerpt} onClick={onOpen} dir="auto">
            {excerpt}
          </Link>
        )}
        {row.readAt === null && <MarkOneRead id={row.id} />}
      </div>
    </li>
  );
}

function Actors({
  row,
  actors,
  onOpen,
}: {
  row: NotificationRowFragment;
  actors: NotificationActorFragment[];
  onOpen: () => void;
}) {
  const t = useTexts('notifications');
  const others = othersOf(t, row, actors.length);
  return (
    <>
      {actors.map((actor, index) => (
        <span key={actor.id}>
          {index > 0 && (others === '' ? t('and') : ', ')}
          <Link
            href={`/u/${encodeURIComponent(actor.username)}`}
            prefetch={false}
            className={styles.name}
            onClick={onOpen}
          >
            <bdi>{actor.displayName}</bdi>
          </Link>
        </span>
      ))}
      {actors.length > 0 && ' '}
      {others && `${others} `}
    </>
  );
}
