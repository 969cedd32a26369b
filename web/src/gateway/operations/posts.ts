import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { TIMELINE, type TimelinePage } from './timeline-post.ts';

export interface PageVariables extends Record<string, unknown> {
  first: number;
  after: string | null;
}

export const HomeTimelineQuery: TypedDocumentNode<{ timeline: TimelinePage | null }, PageVariables> = gql`
  query HomeTimeline($first: Int!, $after: String) {
    timeline: homeTimeline(first: $first, after: $after) {
      ...Timeline
    }
  }
  ${TIMELINE}
`;

export const PublicTimelineQuery: TypedDocumentNode<{ timeline: TimelinePage | null }, PageVariables> = gql`
  query PublicTimeline($first: Int!, $after: String) {
    timeline: publicTimeline(first: $first, after: $after) {
      ...Timeline
    }
  }
  ${TIMELINE}
`;

export const CreatePostMutation: TypedDocumentNode<
  { createPost: { post: { id: string } } | null },
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
