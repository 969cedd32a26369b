import { readFile } from 'node:fs/promises';
import { Supergraph } from '@apollo/federation-internals';
import { type GraphQLNamedType, getNamedType, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';

/** Sockets may be carried on by another session of their owner's, and sessions of one person share subscriptions. */
test('nothing that a subscription selects tells of the session that asks', async () => {
  const text = await readFile(new URL('../../supergraph.graphql', import.meta.url), 'utf8');
  const schema = Supergraph.build(text, { supportedFeatures: null }).apiSchema().toGraphQLJSSchema();
  const reached = new Set<string>();
  const reach = (type: GraphQLNamedType) => {
    if (reached.has(type.name)) return;
    reached.add(type.name);
    if (isAbstractType(type)) for (const one of schema.getPossibleTypes(type)) reach(one);
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    for (const field of Object.values(type.getFields())) reach(getNamedType(field.type));
  };
  const root = schema.getSubscriptionType();
  if (!root) throw new Error('there are no subscriptions');
  reach(root);
  expect([...reached]).toContain('Message');
  expect([...reached].filter((name) => ['Session', 'Account'].includes(name))).toEqual([]);
  expect(Object.keys(schema.getTypeMap())).toEqual(expect.arrayContaining(['Session', 'Account']));
});
