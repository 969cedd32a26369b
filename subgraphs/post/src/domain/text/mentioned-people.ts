import type { Context } from '../../context.ts';
import type { Reader } from '../../store/client.ts';
import { listPeopleNamed } from '../../store/visibility/people.ts';

/** The people whom these usernames name, without the author. A name of nobody with whom the author can interact is text. */
export async function mentionedPeople(
  db: Reader,
  authorId: string,
  usernames: readonly string[],
): Promise<string[]> {
  const ids = await listPeopleNamed(db, authorId, usernames);
  return [...new Set(ids)].filter((id) => id !== authorId);
}

/** Those of the people whom a post names with whom the viewer can interact. */
export async function mentionedPeopleOf({ loaders }: Context, ids: readonly string[]) {
  const people = await Promise.all(ids.map((id) => loaders.personMet.load(id)));
  return people.flatMap((person) => person ?? []);
}
