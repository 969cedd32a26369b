import type { Context } from '../context.ts';
import type { Reader } from '../store/client.ts';
import { listPeopleNamed } from '../store/people.ts';
import { usernamesIn } from './references.ts';

/** The people whom a text names, without its author. A name that nobody has whom the author meets is text. */
export async function mentionedPeople(db: Reader, authorId: string, text: string): Promise<string[]> {
  const ids = await listPeopleNamed(db, authorId, usernamesIn(text));
  return [...new Set(ids)].filter((id) => id !== authorId);
}

/** Those of the people whom a post names whom the viewer meets. */
export async function mentionedPeopleOf({ loaders }: Context, ids: readonly string[]) {
  const people = await Promise.all(ids.map((id) => loaders.personMet.load(id)));
  return people.flatMap((person) => person ?? []);
}
