import { gql } from '@apollo/client';
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

/** What moderators did to a post or a comment; null for all but them and its author. */
export interface Removal {
  removedAt: string;
  reason: string;
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
  reactions: { emoji: string; count: number }[];
  viewerReactions: string[];
  removal: Removal | null;
  quoteOf: QuotedPost | null;
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

/** Spread as `...TimelinePost`. */
export const TIMELINE_POST = gql`
  fragment TimelinePost on Post {
    ...QuotedPost
    visibility
    editedAt
    commentCount
    reactions {
      emoji
      count
    }
    viewerReactions
    removal {
      removedAt
      reason
    }
    quoteOf {
      ...QuotedPost
    }
  }
  ${QUOTED_POST}
  ${PERSON}
`;

/** Spread as `...Timeline`. */
export const TIMELINE = gql`
  fragment Timeline on PostConnection {
    edges {
      cursor
      node {
        ...TimelinePost
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
  ${TIMELINE_POST}
`;
