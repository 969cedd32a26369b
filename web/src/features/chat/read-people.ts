import 'server-only';
import { ask } from '../../gateway/client.ts';
import type { Fault } from '../../gateway/faults.ts';
import { PeopleByIdsQuery, PeopleByNameQuery } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import type { PersonFragment } from '../../ui/generated/person-name.ts';

/** As many as a group takes beside oneself. */
const mostChosen = 99;
const mostFound = 20;

/** Who has a name like this, and who they are whose ids are given. */
export async function readPeople(
  query: string,
  ids: readonly string[],
): Promise<{ chosen: PersonFragment[]; found: PersonFragment[]; faults: Fault[] }> {
  const caller = await currentCaller();
  const [byIds, byName] = await Promise.all([
    ids.length > 0
      ? ask(PeopleByIdsQuery, { ids: [...new Set(ids)].slice(0, mostChosen) }, caller)
      : { data: null, faults: [] },
    query !== '' ? ask(PeopleByNameQuery, { query, first: mostFound }, caller) : { data: null, faults: [] },
  ]);
  const chosen = byIds.data?.nodes.filter((node) => node?.__typename === 'User') ?? [];
  const found = byName.data?.searchUsers?.edges.map(({ node }) => node) ?? [];
  return { chosen, found, faults: [...byIds.faults, ...byName.faults] };
}
