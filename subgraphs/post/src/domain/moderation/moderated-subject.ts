import { forbidden, notFound } from '@socialhub/platform/errors';
import { mayModerate, type Viewer } from '@socialhub/platform/identity/identity';
import { checkText } from '@socialhub/platform/text/check-text';
import type { Tx } from '../../store/client.ts';
import type { Removable } from '../../store/moderation/removals.ts';
import { refuseRepost } from '../reposts/no-repost.ts';

const maxReason = 500;
export const notRemoved = { removedAt: null, removedReason: null };

export const checkReason = (reason: string): string =>
  checkText('input.reason', reason, { max: maxReason, min: 1 });

/** What a moderator acts on. Throws FORBIDDEN for whoever may not, NOT_FOUND where there is none, BAD_USER_INPUT for a repost. */
export async function moderatedSubject(
  tx: Tx,
  viewer: Viewer,
  what: string,
  find: (tx: Tx, id: string) => Promise<Removable | null>,
  id: string,
): Promise<Removable> {
  const actor = { id: viewer.userId, role: viewer.role };
  // Asked first: others must not learn from the answer what there is.
  if (actor.role === 'MEMBER') throw forbidden();
  const row = await find(tx, id);
  if (!row) throw notFound(what);
  refuseRepost(row, 'input.postId');
  if (!mayModerate(actor, { id: row.authorId, role: row.authorRole })) throw forbidden();
  return row;
}

/** What events of removals and returns have in common. */
export const factsOf = (viewer: Viewer, { postId, authorId }: Removable) => ({
  postId,
  authorId,
  moderatorId: viewer.userId,
  at: new Date().toISOString(),
});
