import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { PERSON, type Person, type Profile } from './person.ts';
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
  } | null;
  posts: TimelinePage | null;
}

export interface PostComment {
  id: string;
  text: string;
  createdAt: string;
  deletedAt: string | null;
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
            deletedAt
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

interface Changed {
  user: { id: string };
}

export const FollowMutation: TypedDocumentNode<
  { followUser: Changed | null },
  { input: { userId: string } }
> = gql`
  mutation Follow($input: FollowUserInput!) {
    followUser(input: $input) {
      user {
        id
      }
    }
  }
`;

export const UnfollowMutation: TypedDocumentNode<
  { unfollowUser: Changed | null },
  { input: { userId: string } }
> = gql`
  mutation Unfollow($input: UnfollowUserInput!) {
    unfollowUser(input: $input) {
      user {
        id
      }
    }
  }
`;

export const RingBellMutation: TypedDocumentNode<
  { ringBell: Changed | null },
  { input: { userId: string } }
> = gql`
  mutation RingBell($input: RingBellInput!) {
    ringBell(input: $input) {
      user {
        id
      }
    }
  }
`;

export const SilenceBellMutation: TypedDocumentNode<
  { silenceBell: Changed | null },
  { input: { userId: string } }
> = gql`
  mutation SilenceBell($input: SilenceBellInput!) {
    silenceBell(input: $input) {
      user {
        id
      }
    }
  }
`;

export const AcceptFollowRequestMutation: TypedDocumentNode<
  { acceptFollowRequest: Changed | null },
  { input: { userId: string } }
> = gql`
  mutation AcceptFollowRequest($input: AcceptFollowRequestInput!) {
    acceptFollowRequest(input: $input) {
      user {
        id
      }
    }
  }
`;

export const RejectFollowRequestMutation: TypedDocumentNode<
  { rejectFollowRequest: Changed | null },
  { input: { userId: string } }
> = gql`
  mutation RejectFollowRequest($input: RejectFollowRequestInput!) {
    rejectFollowRequest(input: $input) {
      user {
        id
      }
    }
  }
`;

export const RemoveFollowerMutation: TypedDocumentNode<
  { removeFollower: Changed | null },
  { input: { userId: string } }
> = gql`
  mutation RemoveFollower($input: RemoveFollowerInput!) {
    removeFollower(input: $input) {
      user {
        id
      }
    }
  }
`;

export const BlockMutation: TypedDocumentNode<{ blockUser: Changed | null }, { input: { userId: string } }> =
  gql`
  mutation Block($input: BlockUserInput!) {
    blockUser(input: $input) {
      user {
        id
      }
    }
  }
`;

export const UnblockMutation: TypedDocumentNode<
  { unblockUser: Changed | null },
  { input: { userId: string } }
> = gql`
  mutation Unblock($input: UnblockUserInput!) {
    unblockUser(input: $input) {
      user {
        id
      }
    }
  }
`;

interface PeoplePage {
  edges: { node: Person }[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

export const FollowRequestsQuery: TypedDocumentNode<{ followRequests: PeoplePage | null }, PageVariables> =
  gql`
  query FollowRequests($first: Int!, $after: String) {
    followRequests(first: $first, after: $after) {
      edges {
        node {
          ...Person
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
  ${PERSON}
`;

export const BlockedUsersQuery: TypedDocumentNode<{ blockedUsers: PeoplePage | null }, PageVariables> = gql`
  query BlockedUsers($first: Int!, $after: String) {
    blockedUsers(first: $first, after: $after) {
      edges {
        node {
          ...Person
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
  ${PERSON}
`;
