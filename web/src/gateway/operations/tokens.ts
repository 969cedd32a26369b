import { gql } from '@apollo/client';

export interface Tokens {
  accessToken: string;
  accessTokenExpiresAt: string;
  refreshToken: string;
  refreshTokenExpiresAt: string;
}

/** Spread as `...Tokens`. */
export const TOKENS = gql`
  fragment Tokens on Tokens {
    accessToken
    accessTokenExpiresAt
    refreshToken
    refreshTokenExpiresAt
  }
`;
