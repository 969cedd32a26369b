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

export const BookmarksQuery: TypedDocumentNode<{ bookmarks: TimelinePage | null }, PageVariables> = gql`
  query Bookmarks($first: Int!, $after: String) {
    bookmarks(first: $first, after: $after) {
      ...Timeline
    }
  }
  ${TIMELINE}
`;

export const HashtagTimelineQuery: TypedDocumentNode<
  { hashtagTimeline: TimelinePage | null },
  PageVariables & { tag: string }
> = gql`
  query HashtagTimeline($tag: String!, $first: Int!, $after: String) {
    hashtagTimeline(tag: $tag, first: $first, after: $after) {
      ...Timeline
    }
  }
  ${TIMELINE}
`;

export const BookmarkPostMutation: TypedDocumentNode<
  { bookmarkPost: { post: { id: string } } | null },
  { input: { postId: string } }
> = gql`
  mutation BookmarkPost($input: BookmarkPostInput!) {
    bookmarkPost(input: $input) {
      post {
        id
      }
    }
  }
`;

export const RemoveBookmarkMutation: TypedDocumentNode<
  { removeBookmark: { post: { id: string } | null } | null },
  { input: { postId: string } }
> = gql`
  mutation RemoveBookmark($input: RemoveBookmarkInput!) {
    removeBookmark(input: $input) {
      post {
        id
      }
    }
  }
`;

export const SearchPostsQuery: TypedDocumentNode<
  { searchPosts: TimelinePage | null },
  PageVariables & { query: string }
> = gql`
  query SearchPosts($query: String!, $first: Int!, $after: String) {
    searchPosts(query: $query, first: $first, after: $after) {
      ...Timeline
    }
  }
  ${TIMELINE}
`;

/** How a post stands that was reposted, or is so no more. */
export interface Reposted {
  changed: { post: { id: string; repostCount: number; viewerHasReposted: boolean } | null } | null;
}

export const RepostMutation: TypedDocumentNode<Reposted, { input: { postId: string } }> = gql`
  mutation Repost($input: RepostInput!) {
    changed: repost(input: $input) {
      post {
        id
        repostCount
        viewerHasReposted
      }
    }
  }
`;

export const UndoRepostMutation: TypedDocumentNode<Reposted, { input: { postId: string } }> = gql`
  mutation UndoRepost($input: UndoRepostInput!) {
    changed: undoRepost(input: $input) {
      post {
        id
        repostCount
        viewerHasReposted
      }
    }
  }
`;
