import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { print } from '@apollo/client/utilities';
import { buildSchema, type DocumentNode, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { of } from 'rxjs';
import { expect, test } from 'vitest';
import { makeManifest, withoutMasks } from '../manifest.ts';
import * as operations from '../src/gateway/operations.ts';
import { possibleTypes } from '../src/graph/generated/possible-types.ts';

test('every operation of the web is one that the composed graph answers', () => {
  const supergraph = new URL('../../gateway/supergraph.graphql', import.meta.url);
  const schema = buildSchema(readFileSync(supergraph, 'utf8'));
  const faults = Object.entries<DocumentNode>(operations).flatMap(([name, document]) =>
    validate(schema, withoutMasks(document)).map(({ message }) => `${name}: ${message}`),
  );
  expect(faults).toEqual([]);
});

test('every operation of a GraphQL file is one that the manifest lists', () => {
  const source = join(import.meta.dirname, '../src');
  const written = globSync('**/*.graphql', { cwd: source }).flatMap((path) =>
    parse(readFileSync(join(source, path), 'utf8')).definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : [],
    ),
  );
  const listed = makeManifest(Object.values<DocumentNode>(operations)).operations.map(({ name }) => name);
  expect(written.sort()).toEqual(listed.sort());
});

test('what Apollo Client sends, masks and all, is what the manifest lists', async () => {
  const sent: string[] = [];
  const client = new ApolloClient({
    dataMasking: true,
    cache: new InMemoryCache({ possibleTypes }),
    link: new ApolloLink(({ query }) => {
      sent.push(print(query));
      return of({ errors: [{ message: 'Nobody is asked.' }] });
    }),
  });
  const documents = Object.values<DocumentNode>(operations).filter(
    ({ definitions }) => definitions[0]?.kind === Kind.OPERATION_DEFINITION,
  );
  for (const document of documents) {
    const { operation, variableDefinitions = [] } = definitionOf(document);
    // Of those by which a directive decides the client has to know.
    const variables = Object.fromEntries(
      variableDefinitions.map(({ variable }) => [variable.name.value, true]),
    );
    const asked = { errorPolicy: 'all', variables } as const;
    if (operation === 'query') await client.query({ query: document, ...asked });
    else if (operation === 'mutation') await client.mutate({ mutation: document, ...asked });
    else client.subscribe({ query: document, ...asked }).subscribe();
  }
  const listed = makeManifest(documents).operations.map(({ body }) => body);
  expect(sent.length).toBe(documents.length);
  expect(sent.filter((body) => !listed.includes(body))).toEqual([]);
});

const definitionOf = ({ definitions }: DocumentNode) => definitions[0] as OperationDefinitionNode;
