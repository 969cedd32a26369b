import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

export const SetAltTextMutation: TypedDocumentNode<
  { setAltText: { media: { id: string; altText: string | null } } | null },
  { input: { mediaId: string; altText: string } }
> = gql`
  mutation SetAltText($input: SetAltTextInput!) {
    setAltText(input: $input) {
      media {
        id
        altText
      }
    }
  }
`;

export const DeleteMediaMutation: TypedDocumentNode<
  { deleteMedia: { deletedId: string } | null },
  { input: { mediaId: string } }
> = gql`
  mutation DeleteMedia($input: DeleteMediaInput!) {
    deleteMedia(input: $input) {
      deletedId
    }
  }
`;

export const PostMediaQuery: TypedDocumentNode<
  { post: { media: { id: string; status: string }[] | null } | null },
  { id: string }
> = gql`
  query PostMedia($id: ID!) {
    post(id: $id) {
      media {
        id
        status
      }
    }
  }
`;
