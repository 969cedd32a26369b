import { readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, validate } from 'graphql';
import { expect, test } from 'vitest';
import { withoutMasks } from '../manifest.ts';
import * as operations from '../src/gateway/operations.ts';

test('every operation of the web is one that the composed graph answers', () => {
  const supergraph = new URL('../../gateway/supergraph.graphql', import.meta.url);
  const schema = buildSchema(readFileSync(supergraph, 'utf8'));
  const faults = Object.entries<DocumentNode>(operations).flatMap(([name, document]) =>
    validate(schema, withoutMasks(document)).map(({ message }) => `${name}: ${message}`),
  );
  expect(faults).toEqual([]);
});
