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
  sessions: OpenSession[];
}

export interface EmailChange {
  newEmail: string;
  oldConfirmed: boolean;
  newConfirmed: boolean;
}

interface Ok {
  ok: boolean;
}

export const AccountQuery: TypedDocumentNode<{ account: OwnAccount }, Record<string, never>> = gql`
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
      sessions {
        id
        createdAt
        lastUsedAt
        userAgent
        ipAddress
        current
      }
    }
  }
`;

/** As little of the account as says whether a mail is still to be sent. */
export const EmailStandingQuery: TypedDocumentNode<
  { account: { id: string; emailVerified: boolean } },
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
  { requestEmailVerification: Ok },
  Record<string, never>
> = gql`
  mutation RequestEmailVerification {
    requestEmailVerification {
      ok
    }
  }
`;

export const VerifyEmailMutation: TypedDocumentNode<{ verifyEmail: Ok }, { token: string }> = gql`
  mutation VerifyEmail($token: String!) {
    verifyEmail(token: $token) {
      ok
    }
  }
`;

export const RequestPasswordResetMutation: TypedDocumentNode<
  { requestPasswordReset: Ok },
  { email: string }
> = gql`
  mutation RequestPasswordReset($email: String!) {
    requestPasswordReset(email: $email) {
      ok
    }
  }
`;

export const ResetPasswordMutation: TypedDocumentNode<
  { resetPassword: Ok },
  { token: string; newPassword: string }
> = gql`
  mutation ResetPassword($token: String!, $newPassword: String!) {
    resetPassword(token: $token, newPassword: $newPassword) {
      ok
    }
  }
`;

export const ChangePasswordMutation: TypedDocumentNode<
  { changePassword: { account: { id: string } } },
  { currentPassword: string; newPassword: string; twoFactorCode?: string }
> = gql`
  mutation ChangePassword($currentPassword: String!, $newPassword: String!, $twoFactorCode: String) {
    changePassword(
      currentPassword: $currentPassword
      newPassword: $newPassword
      twoFactorCode: $twoFactorCode
    ) {
      account {
        id
      }
    }
  }
`;

export const RevokeSessionMutation: TypedDocumentNode<
  { revokeSession: { account: { id: string } } },
  { sessionId: string }
> = gql`
  mutation RevokeSession($sessionId: ID!) {
    revokeSession(sessionId: $sessionId) {
      account {
        id
      }
    }
  }
`;
