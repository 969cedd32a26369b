import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { TOKENS, type Tokens } from './tokens.ts';
import type { OwnersProof } from './two-factor.ts';

export const BeginPasskeyMutation: TypedDocumentNode<
  { beginPasskey: { options: string } | null },
  { input: OwnersProof }
> = gql`
  mutation BeginPasskey($input: BeginPasskeyInput!) {
    beginPasskey(input: $input) {
      options
    }
  }
`;

export const AddPasskeyMutation: TypedDocumentNode<
  { addPasskey: { passkey: { id: string } } | null },
  { input: { credential: string; name?: string } }
> = gql`
  mutation AddPasskey($input: AddPasskeyInput!) {
    addPasskey(input: $input) {
      passkey {
        id
      }
    }
  }
`;

export const RenamePasskeyMutation: TypedDocumentNode<
  { renamePasskey: { passkey: { id: string } } | null },
  { input: { passkeyId: string; name: string } }
> = gql`
  mutation RenamePasskey($input: RenamePasskeyInput!) {
    renamePasskey(input: $input) {
      passkey {
        id
      }
    }
  }
`;

export const RemovePasskeyMutation: TypedDocumentNode<
  { removePasskey: { account: { id: string } } | null },
  { input: OwnersProof & { passkeyId: string } }
> = gql`
  mutation RemovePasskey($input: RemovePasskeyInput!) {
    removePasskey(input: $input) {
      account {
        id
      }
    }
  }
`;

export const BeginPasskeyLogInMutation: TypedDocumentNode<
  { beginPasskeyLogIn: { options: string } | null },
  Record<string, never>
> = gql`
  mutation BeginPasskeyLogIn {
    beginPasskeyLogIn {
      options
    }
  }
`;

export const LogInWithPasskeyMutation: TypedDocumentNode<
  { logInWithPasskey: { tokens: Tokens } | null },
  { input: { credential: string } }
> = gql`
  mutation LogInWithPasskey($input: LogInWithPasskeyInput!) {
    logInWithPasskey(input: $input) {
      tokens {
        ...Tokens
      }
    }
  }
  ${TOKENS}
`;
