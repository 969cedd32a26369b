import { isUuid } from '../ids.ts';
import { type NodeType, nodeTypes } from './node-types.ts';

/**
 * A global id: 17 bytes in base64url (RFC 4648 section 5, without padding), 23 characters. The first byte is the number of
 * the type, the others are the UUID. Opaque to clients; it names the type to the server and is unique over all types.
 */

const idLength = 23;
const typesByNumber = new Map<number, NodeType>(
  Object.entries(nodeTypes).map(([type, number]) => [number, type as NodeType]),
);
const prefixes = Object.fromEntries(
  Object.entries(nodeTypes).map(([type, number]) => [type, number.toString(16).padStart(2, '0')]),
) as Record<NodeType, string>;

/** The global id of a row; `uuid` is in its text form of 36 characters. */
export function encodeGlobalId(type: NodeType, uuid: string): string {
  return Buffer.from(prefixes[type] + uuid.replaceAll('-', ''), 'hex').toString('base64url');
}

/** The type and the UUID (in lower case) that a global id names; null for a text that is none. */
export function decodeGlobalId(id: string): { type: NodeType; uuid: string } | null {
  if (id.length !== idLength) return null;
  const bytes = Buffer.from(id, 'base64url');
  const type = typesByNumber.get(bytes[0] ?? 0);
  // Other texts decode to the same bytes; one row has one id.
  if (!type || bytes.toString('base64url') !== id) return null;
  const hex = bytes.toString('hex', 1);
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return isUuid(uuid) ? { type, uuid } : null;
}
