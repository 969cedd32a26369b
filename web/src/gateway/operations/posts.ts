import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { PERSON, type Person } from './person.ts';

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
