import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { Avatar } from '../../ui/avatar.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { Time } from '../../ui/time.tsx';
import { WrittenText } from '../../ui/written-text.tsx';
import { RemovalNotice } from '../moderation/removal-notice.tsx';
import look from '../post/post-card.module.css';
import { commentPath } from './comment-path.ts';
import styles from './comments.module.css';
import type { CommentCardFragment } from './generated/comment-card.ts';

/** How one comment looks, to members and to whoever is signed out; of one that is gone its place. */
export function CommentView({
  comment,
  menu,
  foot,
  children,
}: {
  comment: CommentCardFragment;
  menu?: ReactNode;
  /** What one can do with it. */
  foot: ReactNode;
  children?: ReactNode;
}) {
  const t = useTexts('comments');
  const id = `comment-${comment.id}`;
  const gone = comment.deletedAt !== null && comment.text === '';
  return (
    <article className={styles.card} aria-labelledby={id} tabIndex={-1} data-takes-focus>
      <div className={look.head}>
        {!gone && <Avatar person={comment.author} size={32} />}
        <h3 id={id} className={gone ? `${look.byline} ${look.unknown}` : look.byline}>
          {gone ? t('commentGone') : <PersonName person={comment.author} />}
        </h3>
        <span className={look.meta}>
          <Link href={commentPath(comment)} className={look.permalink} prefetch={false}>
            <Time of={comment.createdAt} />
            <span className="visually-hidden">{t('commentItsReplies')}</span>
          </Link>
          {comment.editedAt && <span> {t('edited')}</span>}
        </span>
        {!gone && menu}
      </div>
      {comment.removal && <RemovalNotice removal={comment.removal} what="comment" />}
      {!gone && <WrittenText text={comment.text} className={look.text} />}
      {!gone && foot}
      {children}
    </article>
  );
}

/** Leads to what answers a comment and is not shown here. */
export function MoreReplies({ comment, shown }: { comment: CommentCardFragment; shown: number }) {
  const t = useTexts('comments');
  if (comment.replyCount <= shown) return null;
  const n = comment.replyCount;
  return (
    <p className={styles.more}>
      <Link href={commentPath(comment)} prefetch={false}>
        {shown === 0 ? t('seeReplies', { n }) : t('seeAllReplies', { n })}
      </Link>
    </p>
  );
}
