import { awaitReplica, isFresh } from '@socialhub/platform/await-replica';
import { badUserInput, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { parseIds } from '@socialhub/platform/ids';
import type { Reader } from '../store/client.ts';
import { listPeople } from '../store/people.ts';

const field = 'input.memberIds';
const maxOthers = 99;

/**
 * The people whom the viewer wants to talk with. One who has just registered may not have been heard of here, so that
 * this waits a moment: call it outside of transactions. Throws BAD_USER_INPUT, NOT_FOUND.
 */
export async function checkMembers(
  reader: Reader,
  viewer: Viewer,
  memberIds: readonly string[],
): Promise<string[]> {
  const ids = parseIds(field, memberIds, maxOthers);
  if (ids.length === 0) throw badUserInput(field, 'must name at least one other person');
  if (ids.includes(viewer.userId)) throw badUserInput(field, 'names other people, not yourself');
  const findAll = async () => {
    const people = await listPeople(reader, viewer.userId, ids);
    // Whom the viewer can't write to is not there for them.
    if (people.some(({ isReachable }) => !isReachable)) throw notFound('User');
    const known = new Set(people.map(({ id }) => id));
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.some((id) => !isFresh(id))) throw notFound('User');
    return unknown.length === 0 ? ids : null;
  };
  if (!(await awaitReplica(findAll))) throw notFound('User');
  return ids;
}
