import Link from 'next/link';
import { Avatar } from '../../components/avatar.tsx';
import { MediaGrid } from '../../components/media-grid.tsx';
import { PersonName } from '../../components/person-name.tsx';
import { RemovalNotice } from '../../components/removal-notice.tsx';
import { WrittenText } from '../../components/written-text.tsx';
import type { Person, QuotedPost, TimelinePost, WholePost } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { Time } from '../../ui/time.tsx';
import styles from './post-card.module.css';
import { RepostButton } from './repost-button.tsx';
import { RepostIcon } from './repost-icon.tsx';

const AUDIENCE = { PUBLIC: null, FOLLOWERS: 'Followers only', MENTIONED: 'Mentioned people only' } as const;

function Byline({ id, author, level }: { id: string; author: Person | null; level: 'h2' | 'h3' }) {
  const Heading = level;
  return (
    <Heading id={id} className={styles.byline}>
      <PersonName person={author} />
    </Heading>
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

function Embedded({ id, post, label }: { id: string; post: QuotedPost; label: string }) {
  return (
    <blockquote className={styles.embedded} aria-label={label}>
      <div className={styles.head}>
        <Avatar person={post.author} size={32} />
        <Byline id={id} author={post.author} level="h3" />
        <span className={styles.meta}>
          <Time of={post.createdAt} />
        </span>
      </div>
      <Body post={post} />
    </blockquote>
  );
}

function plural(count: number, one: string, many: string): string | null {
  if (count === 0) return null;
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What others did with a post, and the button for what the viewer can. */
async function Responses({ post }: { post: WholePost }) {
  const { accessToken } = await currentCaller();
  const isOpen = post.visibility === 'PUBLIC' && post.author?.isPrivate === false && !post.removal;
  const hasButton = accessToken !== undefined && (isOpen || post.viewerHasReposted);
  return (
    <>
      <Counts post={post} repostsToo={!hasButton} />
      {hasButton && (
        <RepostButton postId={post.id} reposted={post.viewerHasReposted} count={post.repostCount} />
      )}
    </>
  );
}

function Counts({ post, repostsToo }: { post: WholePost; repostsToo: boolean }) {
  const { reactions, viewerReactions } = post;
  const comments = plural(post.commentCount, 'comment', 'comments');
  const counts = [
    plural(repostsToo ? post.repostCount : 0, 'repost', 'reposts'),
    plural(post.quoteCount, 'quote', 'quotes'),
  ].filter((one) => one !== null);
  if (reactions.length === 0 && comments === null && counts.length === 0) return null;
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
      {comments && (
        <li>
          <Link href={`/post/${post.id}`} className={styles.permalink} prefetch={false}>
            {comments}
          </Link>
        </li>
      )}
      {counts.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}

function RepostedBy({ repost }: { repost: TimelinePost }) {
  return (
    <p className={styles.repostedBy}>
      <RepostIcon />
      <span>
        <PersonName person={repost.author} /> reposted · <Time of={repost.createdAt} />
      </span>
    </p>
  );
}

/** One post of a timeline, with whatever parts of it could be had; of a repost, what it is of and who reposted. */
export function PostCard({ post: listed }: { post: TimelinePost }) {
  // A post may be there as itself and as a repost.
  const id = `author-${listed.id}`;
  const post = listed.repostOf ?? listed;
  const audience = AUDIENCE[post.visibility];
  return (
    <article className={styles.card} aria-labelledby={id} tabIndex={-1}>
      {listed.repostOf && <RepostedBy repost={listed} />}
      <div className={styles.head}>
        <Avatar person={post.author} size={44} />
        <div className={styles.who}>
          <Byline id={id} author={post.author} level="h2" />
          <p className={styles.meta}>
            <Link href={`/post/${post.id}`} className={styles.permalink} prefetch={false}>
              <Time of={post.createdAt} />
              <span className="visually-hidden">, to this post and its comments</span>
            </Link>
            {post.editedAt && <span> · edited</span>}
            {audience && <span> · {audience}</span>}
          </p>
        </div>
      </div>
      {post.removal && <RemovalNotice removal={post.removal} what="post" />}
      <Body post={post} />
      {post.quoteOf && <Embedded id={`${id}-quoted`} post={post.quoteOf} label="Quoted post" />}
      <Responses post={post} />
    </article>
  );
}
