import type { FragmentType } from '@apollo/client';
import type { ComponentType } from 'react';
import { useTexts } from '#texts';
import type { readPart } from '../../graph/read-part.ts';
import { MoreReplies } from './comment-view.tsx';
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

/** How comments are read and shown: to members as the cache has them, to whoever is signed out as the server gave them. */
export interface Reading {
  usePart: typeof readPart;
  Card: ComponentType<{ part: FragmentType<CommentCardFragment> }>;
}

/** What answers a post, oldest first. */
export function PostThreads(props: { part: FragmentType<PostCommentsFragment>; reading: Reading }) {
  const t = useTexts('comments');
  const { usePart } = props.reading;
  const { edges } = usePart(PostCommentsFragmentDoc, props.part).comments;
  return <Threads edges={edges} none={t('nobodyHasCommentedYet')} reading={props.reading} />;
}

/** What answers a comment, oldest first. */
export function ReplyThreads(props: { part: FragmentType<CommentRepliesFragment>; reading: Reading }) {
  const t = useTexts('comments');
  const { usePart } = props.reading;
  const { edges } = usePart(CommentRepliesFragmentDoc, props.part).replies;
  return <Threads edges={edges} none={t('nobodyHasRepliedYet')} reading={props.reading} />;
}

interface ThreadsProps {
  edges: PostCommentsFragment['comments']['edges'];
  none: string;
  reading: Reading;
}

function Threads({ edges, none, reading }: ThreadsProps) {
  if (edges.length === 0) return <p className={styles.none}>{none}</p>;
  return (
    <ol className={styles.list}>
      {edges.map(({ node }) => (
        <li key={node.id}>
          <Thread part={node} reading={reading} />
        </li>
      ))}
    </ol>
  );
}

/** A comment and the first that answer it. */
function Thread({ part, reading }: { part: FragmentType<CommentThreadFragment>; reading: Reading }) {
  const t = useTexts('comments');
  const { usePart, Card } = reading;
  const thread = usePart(CommentThreadFragmentDoc, part);
  const { edges } = thread.replies;
  return (
    <>
      <Card part={thread} />
      {edges.length > 0 && (
        <ol className={styles.replies} aria-label={t('replies')}>
          {edges.map(({ node }) => (
            <li key={node.id}>
              <Card part={node} />
              <Further part={node} shown={0} reading={reading} />
            </li>
          ))}
        </ol>
      )}
      <Further part={thread} shown={edges.length} reading={reading} />
    </>
  );
}

function Further(props: { part: FragmentType<CommentCardFragment>; shown: number; reading: Reading }) {
  const { usePart } = props.reading;
  return <MoreReplies comment={usePart(CommentCardFragmentDoc, props.part)} shown={props.shown} />;
}
