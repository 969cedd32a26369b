import Link from 'next/link';
import type { Person, QuotedPost, TimelinePost } from '../gateway/operations.ts';
import { when } from '../text/when.ts';
import { Avatar } from './avatar.tsx';
import { MediaGrid } from './media-grid.tsx';
import { PersonName } from './person-name.tsx';
import styles from './post-card.module.css';
import { RemovalNotice } from './removal-notice.tsx';
import { WrittenText } from './written-text.tsx';

const AUDIENCE = { PUBLIC: null, FOLLOWERS: 'Followers only', MENTIONED: 'Mentioned people only' } as const;

function Byline({ id, author, level }: { id: string; author: Person | null; level: 'h2' | 'h3' }) {
  const Heading = level;
  return (
    <Heading id={id} className={styles.byline}>
      <PersonName person={author} />
    </Heading>
  );
}

function Time({ time }: { time: string }) {
  const { short, exact } = when(time);
  return (
    <time dateTime={time} title={exact}>
      {short}
    </time>
  );
}

function Body({ post }: { post: QuotedPost }) {
  const content = (
    <>
      {post.text !== '' && <WrittenText text={post.text} className={styles.text} />}
      <MediaGrid media={post.media} />
    </>
  );
  if (!post.contentWarning) return content;
  return (
    <details className={styles.warning}>
      <summary>
        <span className={styles.warningLabel}>Content warning</span> <bdi>{post.contentWarning}</bdi>
      </summary>
      {content}
    </details>
  );
}

function Embedded({ post, label }: { post: QuotedPost; label: string }) {
  const id = `quoted-${post.id}`;
  return (
    <blockquote className={styles.embedded} aria-label={label}>
      <div className={styles.head}>
        <Avatar person={post.author} size={32} />
        <Byline id={id} author={post.author} level="h3" />
        <span className={styles.meta}>
          <Time time={post.createdAt} />
        </span>
      </div>
      <Body post={post} />
    </blockquote>
  );
}

function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function Responses({ post }: { post: TimelinePost }) {
  const { reactions, viewerReactions, commentCount } = post;
  if (reactions.length === 0 && commentCount === 0) return null;
  return (
    <ul className={styles.counts} aria-label="Responses">
      {reactions.map(({ emoji, count }) => {
        const mine = viewerReactions.includes(emoji);
        return (
          <li key={emoji} className={styles.reaction} data-mine={mine || undefined}>
            <span>{emoji}</span> <span>{count.toLocaleString('en')}</span>
            {mine && <span className="visually-hidden"> (yours too)</span>}
          </li>
        );
      })}
      {commentCount > 0 && <li>{plural(commentCount, 'comment', 'comments')}</li>}
    </ul>
  );
}

/** One post of a timeline, with whatever parts of it could be had. */
export function PostCard({ post }: { post: TimelinePost }) {
  const id = `author-${post.id}`;
  const audience = AUDIENCE[post.visibility];
  return (
    <article className={styles.card} aria-labelledby={id} tabIndex={-1}>
      <div className={styles.head}>
        <Avatar person={post.author} size={44} />
        <div className={styles.who}>
          <Byline id={id} author={post.author} level="h2" />
          <p className={styles.meta}>
            <Link href={`/post/${post.id}`} className={styles.permalink} prefetch={false}>
              <Time time={post.createdAt} />
              <span className="visually-hidden">, to this post and its comments</span>
            </Link>
            {post.editedAt && <span> · edited</span>}
            {audience && <span> · {audience}</span>}
          </p>
        </div>
      </div>
      {post.removal && <RemovalNotice removal={post.removal} what="post" />}
      <Body post={post} />
      {post.quoteOf && <Embedded post={post.quoteOf} label="Quoted post" />}
      <Responses post={post} />
    </article>
  );
}
