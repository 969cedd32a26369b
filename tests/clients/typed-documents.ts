import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { makeProject, tsc, tsconfig } from './project.ts';
import type { World } from './world.ts';

const query = `query Timeline($first: Int) {
  homeTimeline(first: $first) { edges { node { id text author { id username } } } }
}`;

/** A file that asks for what `query` says, and uses what it gets. */
const usesOf = (imports: string, field: string) => `${imports}
const timeline = graphql(\`${query}\`);
export const namesOf = ({ homeTimeline }: ResultOf<typeof timeline>): string[] =>
  (homeTimeline?.edges ?? []).map(({ node }) => node.author?.${field} ?? '');
export const variables: VariablesOf<typeof timeline> = { first: 2 };
`;

/** What makes TypeScript know what a document gives. */
export function typedDocuments(world: () => World): void {
  test('gql.tada types a document by what introspection says, and lets no other field pass', async () => {
    const imports = `import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
import type { introspection } from './graphql-env';
const graphql = initGraphQLTada<{ introspection: introspection; scalars: { DateTime: string; URL: string } }>();`;
    const project = await makeProject({
      'package.json': '{"type":"module"}',
      'tsconfig.json': tsconfig('use.ts'),
      'graphql-env.d.ts': outputIntrospectionFile(minifyIntrospection(world().introspection), {
        fileType: '.d.ts',
        shouldPreprocess: true,
      }),
      'use.ts': usesOf(imports, 'username'),
    });
    expect(await project.run(tsc)).toEqual({ isContent: true, said: '' });
    await project.write('use.ts', usesOf(imports, 'userName'));
    expect((await project.run(tsc)).said).toContain("Property 'userName' does not exist");
    await project.remove();
  });

  test('GraphQL Code Generator generates a client, which types a document and refuses a wrong one', async () => {
    const schema = parse(world().sdl);
    const generate = async (text: string): Promise<Record<string, string>> => {
      const parts = await preset.buildGeneratesSection({
        baseOutputDir: './gql/',
        schema,
        documents: [{ location: 'use.ts', document: parse(text), rawSDL: text }],
        config: { scalars: { DateTime: 'string', URL: 'string' }, useTypeImports: true },
        presetConfig: {},
        plugins: [],
        pluginMap: {},
        pluginContext: {},
      });
      const files = await Promise.all(
        parts.map(async (part) => [part.filename, await codegen(part)] as const),
      );
      return Object.fromEntries(files);
    };
    const imports = `import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';
import { graphql } from './gql/gql';`;
    const project = await makeProject({
      'package.json': '{"type":"module"}',
      'tsconfig.json': tsconfig('use.ts'),
      ...(await generate(query)),
      'use.ts': usesOf(imports, 'username'),
    });
    expect(await project.run(tsc)).toEqual({ isContent: true, said: '' });
    await project.write('use.ts', usesOf(imports, 'userName'));
    expect((await project.run(tsc)).said).toContain("Property 'userName' does not exist");
    await project.remove();
    await expect(generate(query.replace('username', 'userName'))).rejects.toThrow(
      'Cannot query field "userName"',
    );
  });
}
