import { badUserInput } from '@socialhub/platform/errors';
import { decodeGlobalId } from '@socialhub/platform/global-ids/codec';
import type { NodeType } from '@socialhub/platform/global-ids/node-types';
import type { Loaders } from '../../store/loaders.ts';

/** A thing that another service may have: it says whether there is one, and whether the viewer may see it. */
export interface NodeRef {
  __typename: NodeType;
  id: string;
}

const maxNodes = 100;

/** What a global id names; null where it is a person who is not there. Throws BAD_USER_INPUT for a text that is no id. */
export async function findNode(loaders: Loaders, field: string, id: string): Promise<NodeRef | null> {
  const found = decodeGlobalId(id);
  if (!found) throw badUserInput(field, 'is not an id');
  const { type, uuid } = found;
  if (type !== 'User') return { __typename: type, id: uuid };
  const profile = await loaders.profile.load(uuid);
  return profile && { ...profile, __typename: type };
}

/** The same for many, in their order. Throws BAD_USER_INPUT for more than 100. */
export async function findNodes(loaders: Loaders, ids: readonly string[]): Promise<(NodeRef | null)[]> {
  if (ids.length > maxNodes) throw badUserInput('ids', `takes at most ${maxNodes} ids`);
  return Promise.all(ids.map((id) => findNode(loaders, 'ids', id)));
}
