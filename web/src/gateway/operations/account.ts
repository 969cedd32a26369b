import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

export interface OpenSession {
  id: string;
  createdAt: string;
  lastUsedAt: string;
  userAgent: string | null;
  ipAddress: string | null;
  current: boolean;
}

export interface OwnAccount {
  id: string;
  email: string;
  emailVerified: boolean;
  twoFactorEnabled: boolean;
  createdAt: string;
  pendingEmailChange: EmailChange | null;
  sessions: { edges: { node: OpenSession }[] };
}

export interface EmailChange {
  newEmail: string;
  oldConfirmed: boolean;
  newConfirmed: boolean;
}

export const AccountQuery: TypedDocumentNode<{ account: OwnAccount | null }, Record<string, never>> = gql`
  query Account {
    account {
      id
      email
      emailVerified
      twoFactorEnabled
      createdAt
      pendingEmailChange {
        newEmail
        oldConfirmed
        newConfirmed
      }
      sessions(first: 100) {
        edges {
          node {
            id
            createdAt
            lastUsedAt
            userAgent
            ipAddress
            current
          }
        }
      }
    }
  }
`;

/** As little of the account as says whether a mail is still to be sent. */
export const EmailStandingQuery: TypedDocumentNode<
  { account: { id: string; emailVerified: boolean } | null },
  Record<string, never>
> = gql`
  query EmailStanding {
    account {
      id
      emailVerified
    }
  }
`;

export const RequestEmailVerificationMutation: TypedDocumentNode<
  { requestEmailVerification: { sent: boolean } | null },
  Record<string, never>
> = gql`
  mutation RequestEmailVerification {
    requestEmailVerification {
      sent
    }
  }
`;

export const VerifyEmailMutation: TypedDocumentNode<
  { verifyEmail: { verified: boolean } | null },
  { input: { token: string } }
> = gql`
  mutation VerifyEmail($input: VerifyEmailInput!) {
    verifyEmail(input: $input) {
      verified
    }
  }
`;

export const RequestPasswordResetMutation: TypedDocumentNode<
  { requestPasswordReset: { sent: boolean } | null },
  { input: { email: string } }
> = gql`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      sent
    }
  }
`;

export const ResetPasswordMutation: TypedDocumentNode<
  { resetPassword: { reset: boolean } | null },
  { input: { token: string; newPassword: string } }
> = gql`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      reset
    }
  }
`;

export const ChangePasswordMutation: TypedDocumentNode<
  { changePassword: { account: { id: string } } | null },
  { input: { currentPassword: string; newPassword: string; twoFactorCode?: string } }
> = gql`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      account {
        id
      }
    }
  }
`;

export const RevokeSessionMutation: TypedDocumentNode<
  { revokeSession: { account: { id: string } } | null },
  { input: { sessionId: string } }
> = gql`
  mutation RevokeSession($input: RevokeSessionInput!) {
    revokeSession(input: $input) {
      account {
        id
      }
    }
  }
`;
