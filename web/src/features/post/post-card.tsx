'use client';

import type { FragmentType } from '@apollo/client';
import { useState } from 'react';
import { useTexts } from '#texts';
import { usePart } from '../../graph/use-part.ts';
import { InItsPlace } from '../../ui/in-its-place.tsx';
import { EndedPerson } from '../relationships/ended-person.tsx';
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
  const [ended, setEnded] = useState<Ended | null>(null);
  if (ended) return <EndedPost how={ended} author={post.author} />;
  return (
    <PostCardView
      listed={listed}
      post={post}
      menu={<PostMenu post={post} onDeleted={() => setEnded('delete')} onEnded={setEnded} />}
      quoted={post.quoteOf && <LiveQuotedPost id={`author-${listed.id}-quoted`} part={post.quoteOf} />}
      responses={<PostResponses part={post} />}
    />
  );
}

function LiveQuotedPost({ id, part }: { id: string; part: FragmentType<PostContentFragment> }) {
  return <QuotedPost id={id} post={usePart(PostContentFragmentDoc, part)} />;
}

type Ended = 'delete' | 'mute' | 'block';

/** What stands in a post's place once the viewer has deleted it here, or wants no more of its author. */
function EndedPost({ how, author }: { how: Ended; author: PostCardFragment['author'] }) {
  const t = useTexts('post');
  return (
    <InItsPlace className={`${styles.card} ${styles.unknown}`}>
      {how === 'delete' ? t('postDeleted') : <EndedPerson how={how} person={author} />}
    </InItsPlace>
  );
}
