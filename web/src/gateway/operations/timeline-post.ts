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

/** A post with what became of it; `isPrivate` of its author. */
export interface WholePost extends QuotedPost {
  author: (Person & { isPrivate: boolean }) | null;
  visibility: 'PUBLIC' | 'FOLLOWERS' | 'MENTIONED';
  editedAt: string | null;
  commentCount: number;
  repostCount: number;
  quoteCount: number;
  viewerHasReposted: boolean;
  reactions: { emoji: string; count: number }[];
  viewerReactions: string[];
  removal: Removal | null;
  quoteOf: QuotedPost | null;
}

/** A post of a timeline, or the repost of one. */
export interface TimelinePost extends WholePost {
  repostOf: WholePost | null;
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

const WHOLE_POST = gql`
  fragment WholePost on Post {
    ...QuotedPost
    author {
      isPrivate
    }
    visibility
    editedAt
    commentCount
    repostCount
    quoteCount
    viewerHasReposted
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

/** Spread as `...TimelinePost`. */
export const TIMELINE_POST = gql`
  fragment TimelinePost on Post {
    ...WholePost
    repostOf {
      ...WholePost
    }
  }
  ${WHOLE_POST}
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
