import type { Graph } from '../../graph/client.ts';
import { tellOfCache } from '../../graph/from-cache.ts';
import type { ListedPersonFragment } from '../profile/generated/documents.ts';
import { SearchUsersDocument } from './generated/documents.ts';

const most = 10;

/** Who may be looked for, as one types. Loaded with the graph; throws what asking throws. */
export async function findPeople({ client }: Graph, query: string): Promise<ListedPersonFragment[]> {
  const { data } = await client.query({
    query: SearchUsersDocument,
    variables: { query, first: most },
  });
  tellOfCache(data);
  return data?.searchUsers?.edges.map(({ node }) => node) ?? [];
}
