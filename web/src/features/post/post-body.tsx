import { useTexts } from '#texts';
import { Avatar } from '../../ui/avatar.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { Time } from '../../ui/time.tsx';
import { WrittenText } from '../../ui/written-text.tsx';
import { MediaGrid } from '../media/media-grid.tsx';
import type { PostContentFragment } from './generated/post-card.ts';
import styles from './post-card.module.css';

/** What a post says and shows, behind its warning where it has one. */
export function PostBody({ post }: { post: Pick<PostContentFragment, 'text' | 'contentWarning' | 'media'> }) {
  const t = useTexts('post');
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
        <span className={styles.warningLabel}>{t('contentWarning')}</span> <bdi>{post.contentWarning}</bdi>
      </summary>
      {content}
    </details>
  );
}

/** A post within another. */
export function QuotedPost({ id, post }: { id: string; post: PostContentFragment }) {
  const t = useTexts('post');
  return (
    <blockquote className={styles.embedded} aria-label={t('quotedPost')}>
      <div className={styles.head}>
        <Avatar person={post.author} size={32} />
        <h3 id={id} className={styles.byline}>
          <PersonName person={post.author} />
        </h3>
        <span className={styles.meta}>
          <Time of={post.createdAt} />
        </span>
      </div>
      <PostBody post={post} />
    </blockquote>
  );
}
