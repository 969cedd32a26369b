'use client';

import type { FragmentType } from '@apollo/client';
import { usePart } from '../../graph/use-part.ts';
import { CommentCard } from './comment-card.tsx';
import { PostThreads, type Reading, ReplyThreads } from './comment-threads.tsx';
import type { CommentRepliesFragment, PostCommentsFragment } from './generated/comment-list.ts';

const reading: Reading = { usePart, Card: CommentCard };

/** What answers a post, as members see it. */
export const PostComments = ({ part }: { part: FragmentType<PostCommentsFragment> }) => (
  <PostThreads part={part} reading={reading} />
);

/** What answers a comment, as members see it. */
export const CommentReplies = ({ part }: { part: FragmentType<CommentRepliesFragment> }) => (
  <ReplyThreads part={part} reading={reading} />
);
