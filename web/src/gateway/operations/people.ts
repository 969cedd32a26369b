import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Person, Profile } from './person.ts';
import type { PageVariables } from './posts.ts';
import {
  type Removal,
  TIMELINE,
  TIMELINE_POST,
  type TimelinePage,
  type TimelinePost,
} from './timeline-post.ts';

export interface ProfileForViewer extends Profile {
  isPrivate: boolean;
  viewerRelationship: {
    follow: 'NONE' | 'REQUESTED' | 'FOLLOWING';
    followedBy: boolean;
    blocking: boolean;
    bell: boolean;
    muting: boolean;
    mutedUntil: string | null;
    mutingNotifications: boolean;
  } | null;
  posts: TimelinePage | null;
}

export interface PostComment {
  id: string;
  text: string;
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
  reactions: { emoji: string; count: number }[];
  viewerReactions: string[];
  author: Person | null;
  removal: Removal | null;
}

export interface PostForViewer extends TimelinePost {
  viewerHasBookmarked: boolean;
  comments: {
    edges: { node: PostComment }[];
    pageInfo: { endCursor: string | null; hasNextPage: boolean };
  };
}

export const ProfileQuery: TypedDocumentNode<
  { user: ProfileForViewer | null },
  PageVariables & { username: string }
> = gql`
  query Profile($username: String!, $first: Int!, $after: String) {
    user(username: $username) {
      ...Person
      bio
      isPrivate
      followerCount
      followingCount
      postCount
      viewerRelationship {
        follow
        followedBy
        blocking
        bell
        muting
        mutedUntil
        mutingNotifications
      }
      posts(first: $first, after: $after) {
        ...Timeline
      }
    }
  }
  ${TIMELINE}
`;

export const PostQuery: TypedDocumentNode<{ post: PostForViewer | null }, PageVariables & { id: string }> =
  gql`
  query Post($id: ID!, $first: Int!, $after: String) {
    post(id: $id) {
      ...TimelinePost
      viewerHasBookmarked
      comments(first: $first, after: $after) {
        edges {
          node {
            id
            text
            createdAt
            editedAt
            deletedAt
            reactions {
              emoji
              count
            }
            viewerReactions
            author {
              ...Person
            }
            removal {
              removedAt
              reason
            }
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  }
  ${TIMELINE_POST}
`;
