import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

/** How one signs in: codesLeft is null while two-factor authentication is off. */
export interface SignInFactors {
  id: string;
  twoFactorEnabled: boolean;
  codesLeft: number | null;
  passkeys: Passkey[];
}

export interface Passkey {
  id: string;
  name: string;
  synced: boolean;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface OwnersProof {
  password: string;
  twoFactorCode?: string;
}

export const SignInFactorsQuery: TypedDocumentNode<
  { account: SignInFactors | null },
  Record<string, never>
> = gql`
  query SignInFactors {
    account {
      id
      twoFactorEnabled
      codesLeft: recoveryCodesLeft
      passkeys {
        id
        name
        synced
        createdAt
        lastUsedAt
      }
    }
  }
`;

export const BeginTwoFactorMutation: TypedDocumentNode<
  { beginTwoFactor: { secret: string; uri: string; qrCode: string } | null },
  { input: { password: string } }
> = gql`
  mutation BeginTwoFactor($input: BeginTwoFactorInput!) {
    beginTwoFactor(input: $input) {
      secret
      uri
      qrCode
    }
  }
`;

export const ConfirmTwoFactorMutation: TypedDocumentNode<
  { confirmTwoFactor: { recoveryCodes: string[] } | null },
  { input: { code: string } }
> = gql`
  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {
    confirmTwoFactor(input: $input) {
      recoveryCodes
    }
  }
`;

export const RenewRecoveryCodesMutation: TypedDocumentNode<
  { renewRecoveryCodes: { recoveryCodes: string[] } | null },
  { input: OwnersProof }
> = gql`
  mutation RenewRecoveryCodes($input: RenewRecoveryCodesInput!) {
    renewRecoveryCodes(input: $input) {
      recoveryCodes
    }
  }
`;

export const DisableTwoFactorMutation: TypedDocumentNode<
  { disableTwoFactor: { account: { id: string } } | null },
  { input: OwnersProof }
> = gql`
  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {
    disableTwoFactor(input: $input) {
      account {
        id
      }
    }
  }
`;

export const EndAllSessionsMutation: TypedDocumentNode<
  { endAllSessions: { account: { id: string } } | null },
  { input: { exceptCurrent: boolean } }
> = gql`
  mutation EndAllSessions($input: EndAllSessionsInput!) {
    endAllSessions(input: $input) {
      account {
        id
      }
    }
  }
`;
