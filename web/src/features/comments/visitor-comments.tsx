import type { FragmentType } from '@apollo/client';
import { useTexts } from '#texts';
import { readPart } from '../../graph/read-part.ts';
import { CommentReactionsFragmentDoc } from '../reactions/generated/reactions.ts';
import { ReactionCounts } from '../reactions/reaction-counts.tsx';
import { CommentView, MoreReplies } from './comment-view.tsx';
import styles from './comments.module.css';
import { type CommentCardFragment, CommentCardFragmentDoc } from './generated/comment-card.ts';
import {
  type CommentRepliesFragment,
  CommentRepliesFragmentDoc,
  type CommentThreadFragment,
  CommentThreadFragmentDoc,
  type PostCommentsFragment,
  PostCommentsFragmentDoc,
} from './generated/comment-list.ts';

/** As PostComments, for whoever is signed out: made by the server alone. */
export function VisitorComments({ part }: { part: FragmentType<PostCommentsFragment> }) {
  const t = useTexts('comments');
  const { comments } = readPart(PostCommentsFragmentDoc, part);
  if (comments.edges.length === 0) return <p className="page-lead">{t('nobodyHasCommentedYet')}</p>;
  return <Threads edges={comments.edges} />;
}

/** As CommentReplies, for whoever is signed out. */
export function VisitorReplies({ part }: { part: FragmentType<CommentRepliesFragment> }) {
  const t = useTexts('comments');
  const { replies } = readPart(CommentRepliesFragmentDoc, part);
  if (replies.edges.length === 0) return <p className="page-lead">{t('nobodyHasRepliedYet')}</p>;
  return <Threads edges={replies.edges} />;
}

/** As CommentCard, for whoever is signed out. */
export function VisitorComment({ part }: { part: FragmentType<CommentCardFragment> }) {
  const comment = readPart(CommentCardFragmentDoc, part);
  const { reactions } = readPart(CommentReactionsFragmentDoc, comment);
  return (
    <CommentView
      comment={comment}
      foot={
        <div className={styles.foot}>
          <ReactionCounts reactions={reactions} />
        </div>
      }
    />
  );
}

const Threads = ({ edges }: { edges: PostCommentsFragment['comments']['edges'] }) => (
  <ol className={styles.list}>
    {edges.map(({ node }) => (
      <li key={node.id}>
        <Thread part={node} />
      </li>
    ))}
  </ol>
);

function Thread({ part }: { part: FragmentType<CommentThreadFragment> }) {
  const t = useTexts('comments');
  const thread = readPart(CommentThreadFragmentDoc, part);
  const { edges } = thread.replies;
  return (
    <>
      <VisitorComment part={thread} />
      {edges.length > 0 && (
        <ol className={styles.replies} aria-label={t('replies')}>
          {edges.map(({ node }) => (
            <li key={node.id}>
              <VisitorComment part={node} />
              <MoreReplies comment={readPart(CommentCardFragmentDoc, node)} shown={0} />
            </li>
          ))}
        </ol>
      )}
      <MoreReplies comment={readPart(CommentCardFragmentDoc, thread)} shown={edges.length} />
    </>
  );
}
