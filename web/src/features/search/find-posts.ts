import { faultsOf, hasCode } from '../../gateway/faults.ts';
import type { Graph } from '../../graph/client.ts';
import { tellOfCache } from '../../graph/from-cache.ts';
import { SearchPostsDocument, type TimelineFragment } from '../feed/generated/documents.ts';

const most = 10;

/** The posts that are found as one types; null: the query cannot be read (yet). Loaded with the graph; throws what asking throws. */
export async function findPosts({ client }: Graph, query: string): Promise<TimelineFragment | null> {
  const { data, error } = await client.query({
    query: SearchPostsDocument,
    variables: { query, first: most },
    errorPolicy: 'all',
  });
  if (data?.searchPosts) {
    tellOfCache(data.searchPosts);
    return data.searchPosts;
  }
  if (hasCode(faultsOf(error), 'BAD_USER_INPUT')) return null;
  throw error;
}
