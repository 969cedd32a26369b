import type { ApolloCache as Cache } from '@apollo/client';
import { textsNow } from '#texts';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import type { Outcome, Send } from '../../gateway/send.ts';
import {
  ReactToCommentDocument,
  ReactToPostDocument,
  RemoveCommentReactionDocument,
  RemovePostReactionDocument,
} from './generated/documents.ts';
import { CommentReactionsFragmentDoc, PostReactionsFragmentDoc } from './generated/reactions.ts';
import { toggleReaction } from './toggle-reaction.ts';

/**
 * Gives the emoji of the pressed button (`give`; the one that was typed where it names none) to a post or a comment, or takes it back
 * (`take`); gives a text when it is refused.
 */
export async function changeReaction(send: Send, form: unknown): Promise<string | null> {
  const t = await textsNow('reactions');
  const { what, id, give, take, typed } = readFields(form, ['what', 'id', 'give', 'take', 'typed']);
  const emoji = take || give || typed.trim();
  if (emoji === '') return t('chooseEmojiFirst');
  if (what !== 'post' && what !== 'comment') return await messageOf(undefined);
  const isGiven = take === '';
  const { faults } =
    what === 'post'
      ? await changeOnPost(send, id, emoji, isGiven)
      : await changeOnComment(send, id, emoji, isGiven);
  if (faults.length === 0) return null;
  const { fields, message } = await formFaults(
    faults,
    {},
    { emoji: t('emoji'), postId: t('post'), commentId: t('comment') },
  );
  return fields.emoji ?? fields.postId ?? fields.commentId ?? message;
}

function changeOnPost(send: Send, postId: string, emoji: string, isGiven: boolean): Promise<Outcome<object>> {
  const after = (cache: Cache) => {
    const post = cache.readFragment({ fragment: PostReactionsFragmentDoc, id: `Post:${postId}` });
    return post && toggleReaction(post, emoji, isGiven);
  };
  const variables = { postId, emoji };
  if (isGiven)
    return send(ReactToPostDocument, variables, {
      expect: (cache) => {
        const post = after(cache);
        return post && { reactToPost: { __typename: 'ReactToPostPayload' as const, post } };
      },
    });
  return send(RemovePostReactionDocument, variables, {
    expect: (cache) => {
      const post = after(cache);
      return post && { removePostReaction: { __typename: 'RemovePostReactionPayload' as const, post } };
    },
  });
}

function changeOnComment(
  send: Send,
  commentId: string,
  emoji: string,
  isGiven: boolean,
): Promise<Outcome<object>> {
  const after = (cache: Cache) => {
    const comment = cache.readFragment({ fragment: CommentReactionsFragmentDoc, id: `Comment:${commentId}` });
    return comment && toggleReaction(comment, emoji, isGiven);
  };
  const variables = { commentId, emoji };
  if (isGiven)
    return send(ReactToCommentDocument, variables, {
      expect: (cache) => {
        const comment = after(cache);
        return comment && { reactToComment: { __typename: 'ReactToCommentPayload' as const, comment } };
      },
    });
  return send(RemoveCommentReactionDocument, variables, {
    expect: (cache) => {
      const comment = after(cache);
      return (
        comment && {
          removeCommentReaction: { __typename: 'RemoveCommentReactionPayload' as const, comment },
        }
      );
    },
  });
}
