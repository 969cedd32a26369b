import {
  buildClientSchema,
  executeSync,
  getIntrospectionQuery,
  type IntrospectionQuery,
  parse,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

// One schema judges what is asked of the schema, and answers it, whatever form the question has.

const everything = getIntrospectionQuery({
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  experimentalDirectiveDeprecation: true,
  oneOf: true,
});

interface Asked {
  query: string;
  variables?: Record<string, unknown>;
}

const answered: Record<string, Asked> = {
  'all that graphql-js can ask': { query: everything },
  'what graphql-js asks of itself': { query: getIntrospectionQuery() },
  'isOneOf in a named fragment': {
    query: '{ __schema { types { ...T } } } fragment T on __Type { name isOneOf }',
  },
  'isDeprecated of a directive in a named fragment': {
    query:
      '{ __schema { directives(includeDeprecated: true) { ...D } } } fragment D on __Directive { name isDeprecated deprecationReason isRepeatable }',
  },
  'fragments within fragments': {
    query: `query { ...Q } fragment Q on Query { __schema { ...S } __type(name: "Query") { ...T } }
      fragment S on __Schema { types { ...T ... on __Type { isOneOf } } } fragment T on __Type { kind one: isOneOf f: fields(includeDeprecated: true) { ...F } }
      fragment F on __Field { name args(includeDeprecated: true) { ...A } } fragment A on __InputValue { name isDeprecated defaultValue }`,
  },
  'inline fragments and aliases': {
    query: '{ s: __schema { ... { t: types { ... on __Type { n: name isOneOf specifiedByURL } } } } }',
  },
  'variables and conditions': {
    query: `query ($n: String!, $yes: Boolean!, $no: Boolean = false) {
      __type(name: $n) @include(if: $yes) { ...T } gone: __type(name: "Query") @include(if: $no) { ...T }
    } fragment T on __Type { name isOneOf @include(if: $yes) kind @skip(if: $yes) fields(includeDeprecated: $no) { name } }`,
    variables: { n: 'Query', yes: true },
  },
  'a type that is not there': { query: '{ __type(name: "Nope") { ...T } } fragment T on __Type { isOneOf }' },
};

const refused: Record<string, Asked> = {
  'an unknown field of __Schema': { query: '{ __schema { nope } }' },
  'an unknown field of __Type in a named fragment': {
    query: '{ __schema { types { ...T } } } fragment T on __Type { nope }',
  },
  'an unknown field of __Type in an inline fragment': {
    query: '{ __type(name: "Query") { ... on __Type { nope } } }',
  },
  'a fragment on a type that introspection has not got': {
    query: '{ __schema { ...T } } fragment T on __Nope { name }',
  },
  'an argument that is missing': { query: '{ __type { name } }' },
  'an argument of another type': { query: '{ __type(name: 5) { name } }' },
  'an unknown argument': { query: '{ __schema { types(all: true) { name } } }' },
  'a variable of an introspection type': { query: 'query ($t: __Type) { __type(name: $t) { name } }' },
  'a variable of another type': {
    query: 'query ($n: Int!) { __type(name: $n) { name } }',
    variables: { n: 1 },
  },
  'a variable that has no value': { query: 'query ($n: String!) { __type(name: $n) { isOneOf } }' },
  'a condition that is null': {
    query:
      'query ($b: Boolean = true) { __schema { ...S @include(if: $b) } } fragment S on __Schema { description }',
    variables: { b: null },
  },
  'introspection of a mutation': { query: 'mutation { __schema { types { name } } }' },
  'an unused fragment on __Type': { query: '{ __typename } fragment T on __Type { isOneOf }' },
};

describe.each(['refuse', 'filter'])(
  'a gateway that answers introspection (UNAUTHORIZED=%s)',
  (UNAUTHORIZED) => {
    let graph: FixtureGraph;
    let gateway: TestGateway;

    beforeAll(async () => {
      graph = await startGraph();
      gateway = await startGateway(graph.all, { INTROSPECTION: 'true', UNAUTHORIZED });
    });

    afterAll(async () => {
      await gateway?.stop();
      await graph?.stop();
    });

    const get = async ({ query, variables }: Asked) => {
      const params = new URLSearchParams({
        query,
        ...(variables && { variables: JSON.stringify(variables) }),
      });
      const response = await fetch(`${gateway.url}/graphql?${params}`, {
        headers: { accept: 'application/graphql-response+json', 'apollo-require-preflight': 'yes' },
      });
      return {
        status: response.status,
        body: (await response.json()) as Awaited<ReturnType<typeof post>>['body'],
      };
    };
    const post = (asked: Asked) => gateway.post(asked, { accept: 'application/graphql-response+json' });
    const overSocket = async (
      asked: Asked,
    ): Promise<{ data?: unknown; errors?: { extensions?: { code?: string } }[] }> => {
      const client = gateway.socket();
      try {
        return await new Promise((resolve, reject) => {
          client.subscribe(asked, {
            next: (answer) => resolve(answer as { data?: unknown }),
            error: (errors) => (Array.isArray(errors) ? resolve({ errors }) : reject(errors)),
            complete: () => {},
          });
        });
      } finally {
        await client.dispose();
      }
    };

    test.each(Object.entries(answered))(
      'answers %s, over POST, GET and WebSocket alike',
      async (_what, asked) => {
        const whole = (await post({ query: everything })).body.data as unknown as IntrospectionQuery;
        const expected = executeSync({
          schema: buildClientSchema(whole),
          document: parse(asked.query),
          ...(asked.variables && { variableValues: asked.variables }),
        });
        const inJson = JSON.parse(JSON.stringify(expected));
        expect(inJson.errors).toBeUndefined();
        expect(await post(asked)).toMatchObject({ status: 200, body: inJson });
        // Once more, as an operation that is known.
        expect(await post(asked)).toMatchObject({ status: 200, body: inJson });
        expect(await get(asked)).toEqual({ status: 200, body: inJson });
        expect(await overSocket(asked)).toEqual(inJson);
      },
    );

    test.each(Object.entries(refused))(
      'refuses %s as the fault of the client that it is',
      async (_what, asked) => {
        const codesOf = (errors: readonly { extensions?: { code?: unknown } }[] = []) => [
          ...new Set(errors.map(({ extensions }) => extensions?.code)),
        ];
        for (const { status, body } of [await post(asked), await post(asked), await get(asked)]) {
          expect({ status, codes: codesOf(body.errors) }).toEqual({ status: 400, codes: ['BAD_USER_INPUT'] });
          expect(body).not.toHaveProperty('data');
        }
        expect(codesOf((await overSocket(asked)).errors)).toEqual(['BAD_USER_INPUT']);
        expect(gateway.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
      },
    );

    test('a name that is null by a variable is an error of its field', async () => {
      const asked = {
        query: 'query ($n: String = "Query") { __type(name: $n) { name } __typename }',
        variables: { n: null },
      };
      const expected = {
        data: { __type: null, __typename: 'Query' },
        errors: [{ path: ['__type'], extensions: { code: 'BAD_USER_INPUT' } }],
      };
      for (const { status, body } of [await post(asked), await post(asked), await get(asked)]) {
        expect({ status, body }).toMatchObject({ status: 200, body: expected });
      }
      expect(await overSocket(asked)).toMatchObject(expected);
    });
  },
);
