import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { PERSON, type Person } from './person.ts';
import type { PageVariables } from './posts.ts';

/** What one person does to another, whose id is read back; the relationship is read anew with the page. */
function onPerson<Field extends string>(
  name: string,
  field: Field,
): TypedDocumentNode<Record<Field, { user: { id: string } } | null>, { input: { userId: string } }> {
  const input = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
  return gql`
    mutation ${name}($input: ${input}) {
      ${field}(input: $input) {
        user {
          id
        }
      }
    }
  `;
}

export const FollowMutation = onPerson('Follow', 'followUser');
export const UnfollowMutation = onPerson('Unfollow', 'unfollowUser');
export const RingBellMutation = onPerson('RingBell', 'ringBell');
export const SilenceBellMutation = onPerson('SilenceBell', 'silenceBell');
export const AcceptFollowRequestMutation = onPerson('AcceptFollowRequest', 'acceptFollowRequest');
export const RejectFollowRequestMutation = onPerson('RejectFollowRequest', 'rejectFollowRequest');
export const RemoveFollowerMutation = onPerson('RemoveFollower', 'removeFollower');
export const BlockMutation = onPerson('Block', 'blockUser');
export const UnblockMutation = onPerson('Unblock', 'unblockUser');
export const UnmuteMutation = onPerson('Unmute', 'unmuteUser');

export const MuteMutation: TypedDocumentNode<
  { muteUser: { user: { id: string } } | null },
  { input: { userId: string; until: string | null; notifications: boolean } }
> = gql`
  mutation Mute($input: MuteUserInput!) {
    muteUser(input: $input) {
      user {
        id
      }
    }
  }
`;

export interface PeoplePage<Listed = Person> {
  edges: { node: Listed }[];
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

export interface MutedPerson extends Person {
  viewerRelationship: { mutedUntil: string | null; mutingNotifications: boolean } | null;
}

export const MutedUsersQuery: TypedDocumentNode<
  { mutedUsers: PeoplePage<MutedPerson> | null },
  PageVariables
> = gql`
  query MutedUsers($first: Int!, $after: String) {
    mutedUsers(first: $first, after: $after) {
      edges {
        node {
          ...Person
          viewerRelationship {
            mutedUntil
            mutingNotifications
          }
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
