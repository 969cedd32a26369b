import type { Graph } from '../../graph/client.ts';
import type { PersonFragment } from '../../ui/generated/person-name.ts';
import { PeopleByNameDocument } from './generated/documents.ts';

const most = 20;

/** Finds people by name, as one types. Throws what asking throws. */
export async function findPeople({ client }: Graph, query: string): Promise<PersonFragment[]> {
  const { data } = await client.query({
    query: PeopleByNameDocument,
    variables: { query, first: most },
    fetchPolicy: 'no-cache',
  });
  return data?.searchUsers?.edges.map(({ node }) => node) ?? [];
}
