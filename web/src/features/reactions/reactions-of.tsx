'use client';

import type { FragmentType } from '@apollo/client';
import { usePart } from '../../graph/use-part.ts';
import {
  type CommentReactionsFragment,
  CommentReactionsFragmentDoc,
  type PostReactionsFragment,
  PostReactionsFragmentDoc,
} from './generated/reactions.ts';
import { ReactionCounts } from './reaction-counts.tsx';
import { Reactions } from './reactions.tsx';

/** The emojis on a post. `closed`: the viewer can give none. */
export function PostReactions(props: { part: FragmentType<PostReactionsFragment>; closed: boolean }) {
  const post = usePart(PostReactionsFragmentDoc, props.part);
  return props.closed ? (
    <ReactionCounts reactions={post.reactions} />
  ) : (
    <Reactions what="post" thing={post} />
  );
}

/** The emojis on a comment. `closed`: the viewer can give none. */
export function CommentReactions(props: { part: FragmentType<CommentReactionsFragment>; closed: boolean }) {
  const comment = usePart(CommentReactionsFragmentDoc, props.part);
  if (props.closed) return <ReactionCounts reactions={comment.reactions} />;
  return <Reactions what="comment" thing={comment} />;
}
