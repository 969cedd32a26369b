import { InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { possibleTypes } from './generated/possible-types.ts';

/** The browser's one cache: each thing once, by its id; the pages of a list joined. */
export const createCache = () =>
  new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Post: { fields: { comments: relayStylePagination() } },
      // Of the first few less is asked than of the whole list.
      Comment: { fields: { replies: relayStylePagination(['first']) } },
      Query: { fields: { notifications: relayStylePagination(['unreadOnly']) } },
    },
  });
