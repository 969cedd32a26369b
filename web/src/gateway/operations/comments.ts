import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

type Changed<Field extends string> = Record<Field, { comment: { id: string } } | null>;

export const UpdateCommentMutation: TypedDocumentNode<
  Changed<'updateComment'>,
  { input: { commentId: string; text: string } }
> = gql`
  mutation UpdateComment($input: UpdateCommentInput!) {
    updateComment(input: $input) {
      comment {
        id
      }
    }
  }
`;

export const DeleteCommentMutation: TypedDocumentNode<
  { deleteComment: { deletedId: string } | null },
  { input: { commentId: string } }
> = gql`
  mutation DeleteComment($input: DeleteCommentInput!) {
    deleteComment(input: $input) {
      deletedId
    }
  }
`;

export const ReactToCommentMutation: TypedDocumentNode<
  Changed<'reactToComment'>,
  { input: { commentId: string; emoji: string } }
> = gql`
  mutation ReactToComment($input: ReactToCommentInput!) {
    reactToComment(input: $input) {
      comment {
        id
      }
    }
  }
`;

export const RemoveCommentReactionMutation: TypedDocumentNode<
  Changed<'removeCommentReaction'>,
  { input: { commentId: string; emoji: string } }
> = gql`
  mutation RemoveCommentReaction($input: RemoveCommentReactionInput!) {
    removeCommentReaction(input: $input) {
      comment {
        id
      }
    }
  }
`;
