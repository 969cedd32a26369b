import { gql } from '@apollo/client';

export interface Person {
  id: string;
  username: string;
  displayName: string;
  avatar: { id: string; thumbnail: string | null } | null;
}

export interface Profile extends Person {
  bio: string | null;
  followerCount: number;
  followingCount: number;
  postCount: number | null;
}

/** Spread as `...Person`. */
export const PERSON = gql`
  fragment Person on User {
    id
    username
    displayName
    avatar {
      id
      thumbnail: url(variant: THUMBNAIL)
    }
  }
`;
