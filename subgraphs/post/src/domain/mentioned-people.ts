import type { Reader } from '../store/client.ts';
import { listPeopleNamed } from '../store/people.ts';
import { usernamesIn } from './references.ts';

/** The people whom a text names, without its author. A name that nobody has is text. */
export async function mentionedPeople(db: Reader, authorId: string, text: string): Promise<string[]> {
  const ids = await listPeopleNamed(db, usernamesIn(text));
  return [...new Set(ids)].filter((id) => id !== authorId);
}
