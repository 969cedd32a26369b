import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { PERSON, type Profile } from './person.ts';
import { TOKENS, type Tokens } from './tokens.ts';

export const ViewerQuery: TypedDocumentNode<
  {
    viewer: Profile | null;
    notifications: { unreadCount: number } | null;
  },
  Record<string, never>
> = gql`
  query Viewer {
    viewer {
      ...Person
      bio
      followerCount
      followingCount
      postCount
    }
    notifications(first: 1, unreadOnly: true) {
      unreadCount
    }
  }
  ${PERSON}
`;

/** The smallest question that a refused access token fails. */
export const WhoAmIQuery: TypedDocumentNode<{ viewer: { id: string } | null }, Record<string, never>> = gql`
  query WhoAmI {
    viewer {
      id
    }
  }
`;

export const RegisterMutation: TypedDocumentNode<
  { register: { tokens: Tokens } | null },
  { input: { email: string; username: string; displayName?: string; password: string } }
> = gql`
  mutation Register($input: RegisterInput!) {
    register(input: $input) {
      tokens {
        ...Tokens
      }
    }
  }
  ${TOKENS}
`;

export const LogInMutation: TypedDocumentNode<
  { logIn: { tokens: Tokens } | null },
  { input: { identifier: string; password: string; twoFactorCode?: string } }
> = gql`
  mutation LogIn($input: LogInInput!) {
    logIn(input: $input) {
      tokens {
        ...Tokens
      }
    }
  }
  ${TOKENS}
`;

export const RefreshTokensMutation: TypedDocumentNode<
  { refreshTokens: { tokens: Tokens } | null },
  { input: { refreshToken: string } }
> = gql`
  mutation RefreshTokens($input: RefreshTokensInput!) {
    refreshTokens(input: $input) {
      tokens {
        ...Tokens
      }
    }
  }
  ${TOKENS}
`;

export const LogOutMutation: TypedDocumentNode<
  { logOut: { ended: boolean } | null },
  Record<string, never>
> = gql`
  mutation LogOut {
    logOut {
      ended
    }
  }
`;
