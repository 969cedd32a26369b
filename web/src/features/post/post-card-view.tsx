import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { Avatar } from '../../ui/avatar.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { Time } from '../../ui/time.tsx';
import { RemovalNotice } from '../moderation/removal-notice.tsx';
import type { PostCardFragment, WholePostFragment } from './generated/post-card.ts';
import { PostBody } from './post-body.tsx';
import styles from './post-card.module.css';
import { RepostIcon } from './repost-icon.tsx';

const AUDIENCE = { PUBLIC: null, FOLLOWERS: 'followersOnly', MENTIONED: 'mentionedOnly' } as const;

/** How one post of a list looks, to members and to whoever is signed out; of a repost, `post` is what it is of. */
export function PostCardView({
  listed,
  post,
  menu,
  quoted,
  responses,
}: {
  listed: Pick<PostCardFragment, 'id' | 'author' | 'createdAt' | 'repostOf'>;
  post: WholePostFragment;
  menu: ReactNode;
  quoted: ReactNode;
  responses: ReactNode;
}) {
  const t = useTexts('post');
  // A post may be there as itself and as a repost.
  const id = `author-${listed.id}`;
  const audience = AUDIENCE[post.visibility];
  return (
    <article className={styles.card} aria-labelledby={id} tabIndex={-1}>
      {listed.repostOf && <RepostedBy repost={listed} />}
      <div className={styles.head}>
        <Avatar person={post.author} size={44} />
        <div className={styles.who}>
          <h2 id={id} className={styles.byline}>
            <PersonName person={post.author} />
          </h2>
          <p className={styles.meta}>
            <Link href={`/post/${post.id}`} className={styles.permalink} prefetch={false}>
              <Time of={post.createdAt} />
              <span className="visually-hidden">{t('toPostAndComments')}</span>
            </Link>
            {post.editedAt && (
              <>
                {' · '}
                <Link href={`/post/${post.id}/edits`} className={styles.permalink} prefetch={false}>
                  {t('edited')}
                </Link>
              </>
            )}
            {audience && <span> · {t(audience)}</span>}
          </p>
        </div>
        {menu}
      </div>
      {post.removal && <RemovalNotice removal={post.removal} what="post" />}
      <PostBody post={post} />
      {quoted}
      {responses}
    </article>
  );
}

function RepostedBy({ repost }: { repost: Pick<PostCardFragment, 'author' | 'createdAt'> }) {
  const t = useTexts('post');
  return (
    <p className={styles.repostedBy}>
      <RepostIcon />
      <span>
        <PersonName person={repost.author} /> {t('reposted')} <Time of={repost.createdAt} />
      </span>
    </p>
  );
}
