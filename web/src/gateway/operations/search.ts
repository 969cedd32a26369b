import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { PERSON } from './person.ts';
import type { PageVariables } from './posts.ts';
import type { PeoplePage } from './relationships.ts';

export const SearchUsersQuery: TypedDocumentNode<
  { searchUsers: PeoplePage | null },
  PageVariables & { query: string }
> = gql`
  query SearchUsers($query: String!, $first: Int!, $after: String) {
    searchUsers(query: $query, first: $first, after: $after) {
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
