'use client';

import type { FragmentType } from '@apollo/client';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { usePart } from '../../graph/use-part.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { Time } from '../../ui/time.tsx';
import { RemovalNotice } from '../moderation/removal-notice.tsx';
import { type PostCardFragment, PostCardFragmentDoc, WholePostFragmentDoc } from './generated/post-card.ts';
import { PostBody, QuotedPost } from './post-body.tsx';
import styles from './post-card.module.css';
import { PostMenu } from './post-menu.tsx';
import { PostResponses } from './post-responses.tsx';
import { RepostIcon } from './repost-icon.tsx';

const AUDIENCE = { PUBLIC: null, FOLLOWERS: 'Followers only', MENTIONED: 'Mentioned people only' } as const;

/** One post of a list, with whatever parts of it could be had; of a repost, what it is of and who reposted. */
export function PostCard({ part }: { part: FragmentType<PostCardFragment> }) {
  const listed = usePart(PostCardFragmentDoc, part);
  const post = usePart(WholePostFragmentDoc, listed.repostOf ?? listed);
  // A post may be there as itself and as a repost.
  const id = `author-${listed.id}`;
  const [isDeleted, setIsDeleted] = useState(false);
  const audience = AUDIENCE[post.visibility];
  if (isDeleted) return <DeletedPost />;
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
              <span className="visually-hidden">, to this post and its comments</span>
            </Link>
            {post.editedAt && (
              <>
                {' · '}
                <Link href={`/post/${post.id}/edits`} className={styles.permalink} prefetch={false}>
                  edited
                </Link>
              </>
            )}
            {audience && <span> · {audience}</span>}
          </p>
        </div>
        <PostMenu post={post} onDeleted={() => setIsDeleted(true)} />
      </div>
      {post.removal && <RemovalNotice removal={post.removal} what="post" />}
      <PostBody post={post} />
      {post.quoteOf && <QuotedPost id={`${id}-quoted`} part={post.quoteOf} />}
      <PostResponses part={post} />
    </article>
  );
}

function RepostedBy({ repost }: { repost: Pick<PostCardFragment, 'author' | 'createdAt'> }) {
  return (
    <p className={styles.repostedBy}>
      <RepostIcon />
      <span>
        <PersonName person={repost.author} /> reposted · <Time of={repost.createdAt} />
      </span>
    </p>
  );
}

/** What stands in a post's place once its author has deleted it here. */
function DeletedPost() {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <p ref={place} tabIndex={-1} role="status" className={`${styles.card} ${styles.unknown}`}>
      Your post is deleted.
    </p>
  );
}
