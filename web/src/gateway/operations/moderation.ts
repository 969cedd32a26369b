import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { PageVariables } from './posts.ts';

export type Role = 'MEMBER' | 'MODERATOR' | 'ADMIN';

export interface AuditEntry {
  id: string;
  createdAt: string;
  actor: { id: string; username: string } | null;
  action: string;
  subject: { id: string; username: string } | null;
  fromRole: Role | null;
  toRole: Role | null;
  reason: string | null;
}

export const RoleQuery: TypedDocumentNode<
  { account: { id: string; role: Role } },
  Record<string, never>
> = gql`
  query Role {
    account {
      id
      role
    }
  }
`;

interface Standing {
  standing: { __typename?: string };
}

/** How somebody's account stands, as moderators see it. */
export interface AccountStanding {
  role: Role;
  suspendedAt: string | null;
  suspendedReason: string | null;
}

export const StandingQuery: TypedDocumentNode<{ accountStanding: AccountStanding }, { id: string }> = gql`
  query Standing($id: ID!) {
    accountStanding(userId: $id) {
      role
      suspendedAt
      suspendedReason
    }
  }
`;

export const SetRoleMutation: TypedDocumentNode<{ setRole: Standing }, { id: string; role: Role }> = gql`
  mutation SetRole($id: ID!, $role: Role!) {
    setRole(userId: $id, role: $role) {
      standing {
        role
      }
    }
  }
`;

export const RemovePostMutation: TypedDocumentNode<{ removePost: Standing }, { id: string; reason: string }> =
  gql`
  mutation RemovePost($id: ID!, $reason: String!) {
    removePost(postId: $id, reason: $reason) {
      standing {
        id
      }
    }
  }
`;

export const RestorePostMutation: TypedDocumentNode<{ restorePost: Standing }, { id: string }> = gql`
  mutation RestorePost($id: ID!) {
    restorePost(postId: $id) {
      standing {
        id
      }
    }
  }
`;

export const RemoveCommentMutation: TypedDocumentNode<
  { removeComment: Standing },
  { id: string; reason: string }
> = gql`
  mutation RemoveComment($id: ID!, $reason: String!) {
    removeComment(commentId: $id, reason: $reason) {
      standing {
        id
      }
    }
  }
`;

export const RestoreCommentMutation: TypedDocumentNode<{ restoreComment: Standing }, { id: string }> = gql`
  mutation RestoreComment($id: ID!) {
    restoreComment(commentId: $id) {
      standing {
        id
      }
    }
  }
`;

export const SuspendMutation: TypedDocumentNode<
  { suspendAccount: Standing },
  { id: string; reason: string }
> = gql`
  mutation Suspend($id: ID!, $reason: String!) {
    suspendAccount(userId: $id, reason: $reason) {
      standing {
        role
      }
    }
  }
`;

export const ReinstateMutation: TypedDocumentNode<{ reinstateAccount: Standing }, { id: string }> = gql`
  mutation Reinstate($id: ID!) {
    reinstateAccount(userId: $id) {
      standing {
        role
      }
    }
  }
`;

export const AuditLogQuery: TypedDocumentNode<
  {
    auditLog: {
      edges: { node: AuditEntry }[];
      pageInfo: { endCursor: string | null; hasNextPage: boolean };
    };
  },
  PageVariables
> = gql`
  query AuditLog($first: Int!, $after: String) {
    auditLog(first: $first, after: $after) {
      edges {
        node {
          id
          createdAt
          actor {
            id
            username
          }
          action
          subject {
            id
            username
          }
          fromRole
          toRole
          reason
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`;

/** What was erased of an account: of each service that is done, how many of what. */
export interface AccountErasure {
  userId: string;
  startedAt: string;
  completedAt: string | null;
  parts: { service: string; erasedAt: string; counts: { what: string; count: number }[] }[];
}

export const AccountErasuresQuery: TypedDocumentNode<
  {
    accountErasures: {
      edges: { node: AccountErasure }[];
      pageInfo: { endCursor: string | null; hasNextPage: boolean };
    };
  },
  PageVariables
> = gql`
  query AccountErasures($first: Int!, $after: String) {
    accountErasures(first: $first, after: $after) {
      edges {
        node {
          userId
          startedAt
          completedAt
          parts {
            service
            erasedAt
            counts {
              what
              count
            }
          }
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`;
