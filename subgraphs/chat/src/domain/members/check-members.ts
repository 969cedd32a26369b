import { distinctIds } from '@socialhub/platform/distinct-ids';
import { badUserInput, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Reader } from '../../store/client.ts';
import { isAnyBlocked, listPeople } from '../../store/members/people.ts';

const field = 'input.memberIds';
/** How many a group has at most. */
export const maxMembers = 100;
const maxOthers = maxMembers - 1;

/**
 * The people whom the viewer wants to talk with, none of whom blocks another: nobody is put together with them. Throws BAD_USER_INPUT, NOT_FOUND: also for a moment of somebody who has
 * just registered, since ids that a client names are not waited for.
 */
export async function checkMembers(
  reader: Reader,
  viewer: Viewer,
  memberIds: readonly string[],
): Promise<string[]> {
  const ids = distinctIds(field, memberIds, maxOthers);
  if (ids.length === 0) throw badUserInput(field, 'must name at least one other person');
  if (ids.includes(viewer.userId)) throw badUserInput(field, 'names other people, not yourself');
  const people = await listPeople(reader, viewer.userId, ids);
  // Whom the viewer can't write to is not there for them.
  if (people.length < ids.length || people.some(({ isReachable }) => !isReachable)) throw notFound('User');
  if (ids.length > 1 && (await isAnyBlocked(reader, ids, ids))) throw notFound('User');
  return ids;
}
