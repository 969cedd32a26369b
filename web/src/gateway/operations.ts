import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

/** Types are written by hand beside each document; tests/operations.test.ts validates the documents. */

export interface Picture {
  id: string;
  kind: 'IMAGE' | 'VIDEO';
  status: 'AWAITING_UPLOAD' | 'PROCESSING' | 'READY' | 'FAILED';
  width: number | null;
  height: number | null;
  altText: string | null;
  blurhash: string | null;
  large: string | null;
  poster: string | null;
}

export interface Person {
  id: string;
  username: string;
  displayName: string;
  avatar: { id: string; thumbnail: string | null } | null;
}

export interface Profile extends Person {
  bio: string | null;
  followerCount: number;
  followingCount: number;
  postCount: number | null;
}

export interface QuotedPost {
  id: string;
  text: string;
  contentWarning: string | null;
  createdAt: string;
  author: Person | null;
  media: Picture[] | null;
}

export interface TimelinePost extends QuotedPost {
  visibility: 'PUBLIC' | 'FOLLOWERS' | 'MENTIONED';
  editedAt: string | null;
  commentCount: number;
  repostCount: number;
  reactions: { emoji: string; count: number }[];
  viewerReactions: string[];
  quoteOf: QuotedPost | null;
  repostOf: QuotedPost | null;
}

export interface TimelinePage {
  edges: { cursor: string; node: TimelinePost }[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

export interface Tokens {
  accessToken: string;
  accessTokenExpiresAt: string;
  refreshToken: string;
  refreshTokenExpiresAt: string;
}

const PERSON = gql`
  fragment Person on User {
    id
    username
    displayName
    avatar {
      id
      thumbnail: url(variant: THUMBNAIL)
    }
  }
`;

const QUOTED_POST = gql`
  fragment QuotedPost on Post {
    id
    text
    contentWarning
    createdAt
    author {
      ...Person
    }
    media {
      id
      kind
      status
      width
      height
      altText
      blurhash
      large: url(variant: LARGE)
      poster: url(variant: POSTER)
    }
  }
`;

const TIMELINE = gql`
  fragment Timeline on PostConnection {
    edges {
      cursor
      node {
        ...QuotedPost
        visibility
        editedAt
        commentCount
        repostCount
        reactions {
          emoji
          count
        }
        viewerReactions
        quoteOf {
          ...QuotedPost
        }
        repostOf {
          ...QuotedPost
        }
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
  ${QUOTED_POST}
  ${PERSON}
`;

const TOKENS = gql`
  fragment Tokens on Tokens {
    accessToken
    accessTokenExpiresAt
    refreshToken
    refreshTokenExpiresAt
  }
`;

export const ViewerQuery: TypedDocumentNode<{ viewer: Profile | null }, Record<string, never>> = gql`
  query Viewer {
    viewer {
      ...Person
      bio
      followerCount
      followingCount
      postCount
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

export interface PageVariables extends Record<string, unknown> {
  first: number;
  after: string | null;
}

export const HomeTimelineQuery: TypedDocumentNode<{ timeline: TimelinePage }, PageVariables> = gql`
  query HomeTimeline($first: Int!, $after: String) {
    timeline: homeTimeline(first: $first, after: $after) {
      ...Timeline
    }
  }
  ${TIMELINE}
`;

export const PublicTimelineQuery: TypedDocumentNode<{ timeline: TimelinePage }, PageVariables> = gql`
  query PublicTimeline($first: Int!, $after: String) {
    timeline: publicTimeline(first: $first, after: $after) {
      ...Timeline
    }
  }
  ${TIMELINE}
`;

export const RegisterMutation: TypedDocumentNode<
  { register: { tokens: Tokens } },
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
  { logIn: { tokens: Tokens } },
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
  { refreshTokens: { tokens: Tokens } },
  { refreshToken: string }
> = gql`
  mutation RefreshTokens($refreshToken: String!) {
    refreshTokens(refreshToken: $refreshToken) {
      tokens {
        ...Tokens
      }
    }
  }
  ${TOKENS}
`;

export const LogOutMutation: TypedDocumentNode<{ logOut: { ok: boolean } }, Record<string, never>> = gql`
  mutation LogOut {
    logOut {
      ok
    }
  }
`;

export const CreatePostMutation: TypedDocumentNode<
  { createPost: { post: { id: string } } },
  { input: { text: string; visibility: 'PUBLIC' | 'FOLLOWERS'; idempotencyKey: string } }
> = gql`
  mutation CreatePost($input: CreatePostInput!) {
    createPost(input: $input) {
      post {
        id
      }
    }
  }
`;
