import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { OwnersProof } from './two-factor.ts';

export const ChangeEmailMutation: TypedDocumentNode<
  { changeEmail: { account: { id: string } } },
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
  { input: OwnersProof }
> = gql`
  mutation DeactivateAccount($input: DeactivateAccountInput!) {
    deactivateAccount(input: $input) {
      ok
    }
  }
`;

export const DeleteAccountMutation: TypedDocumentNode<
  { deleteAccount: { deletedAfter: string } },
  { input: OwnersProof }
> = gql`
  mutation DeleteAccount($input: DeleteAccountInput!) {
    deleteAccount(input: $input) {
      deletedAfter
    }
  }
`;
