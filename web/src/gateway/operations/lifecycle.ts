import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { OwnersProof } from './two-factor.ts';

export const ChangeEmailMutation: TypedDocumentNode<
  { changeEmail: { account: { id: string } } | null },
  { input: { newEmail: string; currentPassword: string; twoFactorCode?: string; endOtherSessions: boolean } }
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
  { cancelEmailChange: { account: { id: string } } | null },
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
  { confirmEmailChange: { changed: boolean } | null },
  { input: { token: string } }
> = gql`
  mutation ConfirmEmailChange($input: ConfirmEmailChangeInput!) {
    confirmEmailChange(input: $input) {
      changed
    }
  }
`;

export const DeactivateAccountMutation: TypedDocumentNode<
  { deactivateAccount: { deactivated: boolean } | null },
  { input: OwnersProof }
> = gql`
  mutation DeactivateAccount($input: DeactivateAccountInput!) {
    deactivateAccount(input: $input) {
      deactivated
    }
  }
`;

export const DeleteAccountMutation: TypedDocumentNode<
  { deleteAccount: { deletedAfter: string } | null },
  { input: OwnersProof }
> = gql`
  mutation DeleteAccount($input: DeleteAccountInput!) {
    deleteAccount(input: $input) {
      deletedAfter
    }
  }
`;
