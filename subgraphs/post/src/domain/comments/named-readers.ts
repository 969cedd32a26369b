import type { Tx } from '../../store/client.ts';
import { listReaders } from '../../store/posts/posts.ts';
import { mentionedPeople } from '../text/mentioned-people.ts';
import { referencesIn } from '../text/references.ts';

interface Addressing {
  authorId: string;
  postId: string;
  text: string;
  /** Who wrote what it answers, null when it answers the post. */
  answeredId: string | null;
}

/**
 * Those whom a comment names and whom it answers, if they may read the post: naming or answering somebody who may not must not tell
 * them of it.
 */
export async function namedReaders(tx: Tx, { authorId, postId, text, answeredId }: Addressing) {
  const named = await mentionedPeople(tx, authorId, referencesIn(text).usernames);
  const readers = await listReaders(tx, postId, answeredId ? [...named, answeredId] : named);
  return {
    mentionedIds: named.filter((id) => readers.includes(id)),
    parentAuthorId: answeredId && readers.includes(answeredId) ? answeredId : null,
  };
}
