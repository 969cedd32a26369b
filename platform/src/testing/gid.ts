import { decodeGlobalId, encodeGlobalId } from '../global-ids/codec.ts';
import type { NodeType } from '../global-ids/node-types.ts';

/** A row's id as clients have it. */
export const gid = (type: NodeType, uuid: string): string => encodeGlobalId(type, uuid);

/** The row that a client's id names; throws for a text that is none. */
export function uuidOf(id: string): string {
  const found = decodeGlobalId(id);
  if (!found) throw new Error(`${id} is no global id`);
  return found.uuid;
}
