import type { FragmentType } from '@apollo/client';
import { useTexts } from '#texts';
import { readPart } from '../../graph/read-part.ts';
import { PostReactionsFragmentDoc } from '../reactions/generated/reactions.ts';
import { ReactionCounts } from '../reactions/reaction-counts.tsx';
import { SmileIcon } from '../reactions/smile-icon.tsx';
import { BookmarkIcon } from './bookmark-icon.tsx';
import {
  type PostCardFragment,
  PostCardFragmentDoc,
  PostContentFragmentDoc,
  type PostResponsesFragment,
  PostResponsesFragmentDoc,
  WholePostFragmentDoc,
} from './generated/post-card.ts';
import { QuotedPost } from './post-body.tsx';
import styles from './post-card.module.css';
import { PostCardView } from './post-card-view.tsx';
import { PostCounts } from './post-counts.tsx';
import { PostMenuFrame } from './post-menu-frame.tsx';
import { RepostIcon } from './repost-icon.tsx';
import { SignInLink } from './sign-in-link.tsx';

/** One post as whoever is signed out sees it: made by the server alone. `isHere`: on its own page. */
export function VisitorCard({ part, isHere }: { part: FragmentType<PostCardFragment>; isHere: boolean }) {
  const listed = readPart(PostCardFragmentDoc, part);
  const post = readPart(WholePostFragmentDoc, listed.repostOf ?? listed);
  const path = `/post/${encodeURIComponent(post.id)}`;
  return (
    <PostCardView
      listed={listed}
      post={post}
      menu={<PostMenuFrame id={`menu-${listed.id}`} path={path} isHere={isHere} />}
      quoted={
        post.quoteOf && (
          <QuotedPost
            id={`author-${listed.id}-quoted`}
            post={readPart(PostContentFragmentDoc, post.quoteOf)}
          />
        )
      }
      responses={<Responses post={readPart(PostResponsesFragmentDoc, post)} path={path} />}
    />
  );
}

/** What others did; what one could do is behind signing in. */
function Responses({ post, path }: { post: PostResponsesFragment; path: string }) {
  const t = useTexts('post');
  const { reactions } = readPart(PostReactionsFragmentDoc, post);
  const isOpen = post.visibility === 'PUBLIC' && post.author?.isPrivate === false;
  return (
    <div className={styles.responses}>
      <ReactionCounts reactions={reactions} />
      <SignInLink to={path} label={t('react')} icon={<SmileIcon />} />
      <PostCounts post={post} uncounted={{ reposts: true, quotes: true }} canComment={false} />
      {isOpen && <SignInLink to={path} label={t('repost')} icon={<RepostIcon />} />}
      <SignInLink to={path} label={t('bookmark')} icon={<BookmarkIcon put={false} />} />
    </div>
  );
}
