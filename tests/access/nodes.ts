import { isNodeType, type NodeType, nodeTypes } from '@socialhub/platform/global-ids/node-types';
import { buildASTSchema, getNamedType, isLeafType, isObjectType, parse } from 'graphql';
import { type RoleName, roles } from './cast.ts';

/** Whoever may ask for a node: each of the roles, the owner, and the other one in the owner's conversation. */
export const askers = [...roles, 'owner', 'friend'] as const;
export type Asker = RoleName | 'owner' | 'friend';

/** Everybody but whom the owner blocks. */
const allButBlocked: readonly Asker[] = askers.filter((one) => one !== 'blocked');

/**
 * Who sees something of the owner's by its id (of an audit entry: one about what they wrote); it is null to all others. No
 * directive says so, since one on a type closes `node(id:)` for whatever type the id is of: the services do.
 */
export const nodeReaders: Readonly<Record<NodeType, readonly Asker[]>> = {
  Account: ['owner'],
  Session: ['owner'],
  Passkey: ['owner'],
  AuditEntry: ['admin'],
  User: allButBlocked,
  Post: allButBlocked,
  Comment: allButBlocked,
  Media: askers,
  DataExport: ['owner'],
  Notification: ['owner'],
  Conversation: ['owner', 'friend'],
  Message: ['owner', 'friend'],
};

export const nodeTypeNames = Object.keys(nodeTypes).filter(isNodeType);

/** Selects every field of the type, so that one that tells too much shows. */
export function everyFieldOf(type: NodeType, supergraph: string): string {
  const texts = fieldsOf(type, supergraph).map(({ name, isLeaf }) =>
    isLeaf ? name : `${name} { __typename }`,
  );
  return `... on ${type} { ${texts.join(' ')} }`;
}

/**
 * Selects of each type something that only its service knows: not the id, which the graph may give back without asking. By a
 * name of its own, since what is called the same in two types may not stand beside each other.
 */
export function somethingOfEach(types: readonly NodeType[], supergraph: string): string {
  const texts = types.map((type) => {
    const known = fieldsOf(type, supergraph).find(({ name, isLeaf }) => isLeaf && name !== 'id');
    return `... on ${type} { of${type}: ${known?.name} }`;
  });
  return texts.join(' ');
}

function fieldsOf(name: NodeType, supergraph: string): { name: string; isLeaf: boolean }[] {
  const type = buildASTSchema(parse(supergraph), { assumeValid: true }).getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is not in the graph`);
  return Object.values(type.getFields()).map((field) => ({
    name: field.name,
    isLeaf: isLeafType(getNamedType(field.type)),
  }));
}
