import Link from 'next/link';
import { Avatar } from '../../components/avatar.tsx';
import { when } from '../../text/when.ts';
import type { NotificationActorFragment, NotificationRowFragment } from './generated/documents.ts';
import { notificationText, othersOf } from './notification-text.ts';
import styles from './notifications.module.css';

const namedAtMost = 2;

/** One notification: who, what, about what, when. `now` is the server's until the page is live. */
export function NotificationRow({ row, now }: { row: NotificationRowFragment; now: number }) {
  const { hasActors, text, href, excerpt } = notificationText(row);
  const actors = hasActors ? (row.actors ?? []) : [];
  const time = when(row.updatedAt, now);
  return (
    <li className={styles.row} data-unread={row.readAt === null || undefined}>
      <span className={styles.face}>{hasActors && <Avatar person={actors[0] ?? null} size={44} />}</span>
      <div className={styles.what}>
        <p>
          {row.readAt === null && <span className="visually-hidden">New: </span>}
          {hasActors && <Actors row={row} actors={actors.slice(0, namedAtMost)} />}
          {text} <span aria-hidden="true">·</span>{' '}
          <time dateTime={row.updatedAt} title={time.exact} className={styles.time}>
            {time.short}
          </time>
        </p>
        {href && excerpt && (
          <Link href={href} prefetch={false} className={styles.excerpt} dir="auto">
            {excerpt}
          </Link>
        )}
      </div>
    </li>
  );
}

function Actors({ row, actors }: { row: NotificationRowFragment; actors: NotificationActorFragment[] }) {
  const others = othersOf(row, actors.length);
  return (
    <>
      {actors.map((actor, index) => (
        <span key={actor.id}>
          {index > 0 && (others === '' ? ' and ' : ', ')}
          <Link href={`/u/${encodeURIComponent(actor.username)}`} prefetch={false} className={styles.name}>
            <bdi>{actor.displayName}</bdi>
          </Link>
        </span>
      ))}
      {actors.length > 0 && ' '}
      {others && `${others} `}
    </>
  );
}
