import { InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { possibleTypes } from './generated/possible-types.ts';

/** The browser's one cache: each thing once, by its id; the pages of a list joined. */
export const createCache = () =>
  new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: { fields: { notifications: relayStylePagination(['unreadOnly']) } },
    },
  });
