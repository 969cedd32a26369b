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
  { account: { id: string; role: Role } | null },
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

export const StandingQuery: TypedDocumentNode<{ accountStanding: AccountStanding | null }, { id: string }> =
  gql`
  query Standing($id: ID!) {
    accountStanding(userId: $id) {
      role
      suspendedAt
      suspendedReason
    }
  }
`;

export const SetRoleMutation: TypedDocumentNode<
  { setRole: Standing | null },
  { input: { userId: string; role: Role } }
> = gql`
  mutation SetRole($input: SetRoleInput!) {
    setRole(input: $input) {
      standing {
        role
      }
    }
  }
`;

export const RemovePostMutation: TypedDocumentNode<
  { removePost: Standing | null },
  { input: { postId: string; reason: string } }
> = gql`
  mutation RemovePost($input: RemovePostInput!) {
    removePost(input: $input) {
      standing {
        removal {
          removedAt
        }
      }
    }
  }
`;

export const RestorePostMutation: TypedDocumentNode<
  { restorePost: Standing | null },
  { input: { postId: string } }
> = gql`
  mutation RestorePost($input: RestorePostInput!) {
    restorePost(input: $input) {
      standing {
        removal {
          removedAt
        }
      }
    }
  }
`;

export const RemoveCommentMutation: TypedDocumentNode<
  { removeComment: Standing | null },
  { input: { commentId: string; reason: string } }
> = gql`
  mutation RemoveComment($input: RemoveCommentInput!) {
    removeComment(input: $input) {
      standing {
        removal {
          removedAt
        }
      }
    }
  }
`;

export const RestoreCommentMutation: TypedDocumentNode<
  { restoreComment: Standing | null },
  { input: { commentId: string } }
> = gql`
  mutation RestoreComment($input: RestoreCommentInput!) {
    restoreComment(input: $input) {
      standing {
        removal {
          removedAt
        }
      }
    }
  }
`;

export const SuspendMutation: TypedDocumentNode<
  { suspendAccount: Standing | null },
  { input: { userId: string; reason: string } }
> = gql`
  mutation Suspend($input: SuspendAccountInput!) {
    suspendAccount(input: $input) {
      standing {
        role
      }
    }
  }
`;

export const ReinstateMutation: TypedDocumentNode<
  { reinstateAccount: Standing | null },
  { input: { userId: string } }
> = gql`
  mutation Reinstate($input: ReinstateAccountInput!) {
    reinstateAccount(input: $input) {
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
    } | null;
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
    } | null;
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
