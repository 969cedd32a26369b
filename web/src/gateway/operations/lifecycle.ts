import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

export const ChangeEmailMutation: TypedDocumentNode<
  { changeEmail: { account: { id: string } } },
  { input: { newEmail: string; currentPassword: string; endOtherSessions: boolean } }
> = gql`
  mutation ChangeEmail($input: ChangeEmailInput!) {
    changeEmail(input: $input) {
      account {
        id
      }
    }
  }
`;

export const CancelEmailChangeMutation: TypedDocumentNode<
  { cancelEmailChange: { account: { id: string } } },
  Record<string, never>
> = gql`
  mutation CancelEmailChange {
    cancelEmailChange {
      account {
        id
      }
    }
  }
`;

export const ConfirmEmailChangeMutation: TypedDocumentNode<
  { confirmEmailChange: { changed: boolean } },
  { token: string }
> = gql`
  mutation ConfirmEmailChange($token: String!) {
    confirmEmailChange(token: $token) {
      changed
    }
  }
`;

export const DeactivateAccountMutation: TypedDocumentNode<
  { deactivateAccount: { ok: boolean } },
  { input: { password: string } }
> = gql`
  mutation DeactivateAccount($input: DeactivateAccountInput!) {
    deactivateAccount(input: $input) {
      ok
    }
  }
`;

export const DeleteAccountMutation: TypedDocumentNode<
  { deleteAccount: { deletedAfter: string } },
  { input: { password: string } }
> = gql`
  mutation DeleteAccount($input: DeleteAccountInput!) {
    deleteAccount(input: $input) {
      deletedAfter
    }
  }
`;
