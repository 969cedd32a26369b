import { type FieldPolicy, InMemoryCache, type Reference } from '@apollo/client';
import type { KeyArgsFunction } from '@apollo/client/cache';
import { relayStylePagination } from '@apollo/client/utilities';
import { possibleTypes } from './generated/possible-types.ts';

/** The browser's one cache: each thing once, by its id; the pages of a list joined. */
export const createCache = () =>
  new InMemoryCache({
    possibleTypes,
    typePolicies: {
      // How the viewer stands to somebody is asked for in parts.
      ViewerRelationship: { merge: true },
      Post: { fields: { comments: pagesFromAnywhere() } },
      Comment: { fields: { replies: pagesFromAnywhere(fewOrAll) } },
      Query: { fields: { notifications: relayStylePagination(['unreadOnly', 'types']) } },
    },
  });

/** Of the first few replies less is asked than of all of them: they are a list of their own. */
const fewOrAll: KeyArgsFunction = (args) => (args?.first === 3 ? 'few' : 'all');

/** A list of which a page of the site may show a later part alone: what comes behind a cursor that is not here is all of it. */
function pagesFromAnywhere(keyArgs?: KeyArgsFunction): FieldPolicy {
  const joined = relayStylePagination(keyArgs ?? false) as Required<
    Pick<FieldPolicy, 'keyArgs' | 'read' | 'merge'>
  >;
  const merge = joined.merge as Extract<FieldPolicy['merge'], (...args: never[]) => unknown>;
  return {
    ...joined,
    merge(before: { edges: Reference[] } | undefined, read, options) {
      const after = options.args?.after;
      const isHere = before?.edges.some((edge) => options.readField('cursor', edge) === after);
      return merge(isHere ? before : undefined, read, options);
    },
  };
}
