import type { FragmentType } from '@apollo/client';
import { readPart } from '../../graph/read-part.ts';
import { CommentReactionsFragmentDoc } from '../reactions/generated/reactions.ts';
import { ReactionCounts } from '../reactions/reaction-counts.tsx';
import { PostThreads, type Reading, ReplyThreads } from './comment-threads.tsx';
import { CommentView } from './comment-view.tsx';
import styles from './comments.module.css';
import { type CommentCardFragment, CommentCardFragmentDoc } from './generated/comment-card.ts';
import type { CommentRepliesFragment, PostCommentsFragment } from './generated/comment-list.ts';

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

const reading: Reading = { usePart: readPart, Card: VisitorComment };

/** As PostComments, for whoever is signed out: made by the server alone. */
export const VisitorComments = ({ part }: { part: FragmentType<PostCommentsFragment> }) => (
  <PostThreads part={part} reading={reading} />
);

/** As CommentReplies, for whoever is signed out. */
export const VisitorReplies = ({ part }: { part: FragmentType<CommentRepliesFragment> }) => (
  <ReplyThreads part={part} reading={reading} />
);
