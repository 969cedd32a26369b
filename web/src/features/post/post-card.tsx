'use client';

import type { FragmentType } from '@apollo/client';
import { useEffect, useRef, useState } from 'react';
import { usePart } from '../../graph/use-part.ts';
import {
  type PostCardFragment,
  PostCardFragmentDoc,
  type PostContentFragment,
  PostContentFragmentDoc,
  WholePostFragmentDoc,
} from './generated/post-card.ts';
import { QuotedPost } from './post-body.tsx';
import styles from './post-card.module.css';
import { PostCardView } from './post-card-view.tsx';
import { PostMenu } from './post-menu.tsx';
import { PostResponses } from './post-responses.tsx';

/** One post of a list, with whatever parts of it could be had; of a repost, what it is of and who reposted. */
export function PostCard({ part }: { part: FragmentType<PostCardFragment> }) {
  const listed = usePart(PostCardFragmentDoc, part);
  const post = usePart(WholePostFragmentDoc, listed.repostOf ?? listed);
  const [isDeleted, setIsDeleted] = useState(false);
  if (isDeleted) return <DeletedPost />;
  return (
    <PostCardView
      listed={listed}
      post={post}
      menu={<PostMenu post={post} onDeleted={() => setIsDeleted(true)} />}
      quoted={post.quoteOf && <LiveQuotedPost id={`author-${listed.id}-quoted`} part={post.quoteOf} />}
      responses={<PostResponses part={post} />}
    />
  );
}

function LiveQuotedPost({ id, part }: { id: string; part: FragmentType<PostContentFragment> }) {
  return <QuotedPost id={id} post={usePart(PostContentFragmentDoc, part)} />;
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
