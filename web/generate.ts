import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/*
 * `npm run generate`: of each `documents.graphql` in src/features/ the documents, precompiled, and the types of what they give; and
 * which types an interface or a union may be, for the browser's cache. A part whose inputs are those of the last time is skipped.
 */

const source = join(import.meta.dirname, 'src');
const supergraph = join(import.meta.dirname, '../gateway/supergraph.graphql');

interface Part {
  output: string;
  inputs: string[];
  make: (schema: string, documents: string) => Promise<string>;
}

const parts: Part[] = [
  ...globSync('features/*/documents.graphql', { cwd: source }).map((documents) => ({
    output: join(source, dirname(documents), 'generated/documents.ts'),
    inputs: [supergraph, join(source, documents)],
    make: typedDocuments,
  })),
  { output: join(source, 'graph/generated/possible-types.ts'), inputs: [supergraph], make: possibleTypes },
];

async function typedDocuments(schema: string, documents: string): Promise<string> {
  // Loaded only here, so that finding nothing to do stays quick.
  const [{ codegen }, { parse }, operations, typedDocumentNode] = await Promise.all([
    import('@graphql-codegen/core'),
    import('graphql'),
    import('@graphql-codegen/typescript-operations'),
    import('@graphql-codegen/typed-document-node'),
  ]);
  return codegen({
    filename: 'documents.ts',
    schema: parse(schema),
    documents: [{ location: 'documents.graphql', document: parse(documents) }],
    plugins: [{ operations: {} }, { typedDocumentNode: {} }],
    pluginMap: { operations, typedDocumentNode },
    config: {
      scalars: { ID: 'string', DateTime: 'string', URL: 'string' },
      defaultScalarType: 'unknown',
      enumsAsTypes: true,
      useTypeImports: true,
      nonOptionalTypename: true,
      skipTypeNameForRoot: true,
    },
  });
}

async function possibleTypes(schema: string): Promise<string> {
  const { buildSchema, isAbstractType } = await import('graphql');
  const graph = buildSchema(schema);
  const all = Object.values(graph.getTypeMap())
    .filter(isAbstractType)
    .filter(({ name }) => !name.startsWith('_'))
    .map((type) => [type.name, graph.getPossibleTypes(type).map(({ name }) => name)] as const);
  return `export const possibleTypes = ${JSON.stringify(Object.fromEntries(all), null, 2)};\n`;
}

async function bring({ output, inputs, make }: Part): Promise<void> {
  const texts = await Promise.all([import.meta.filename, ...inputs].map((path) => readFile(path, 'utf8')));
  const [first, schema = '', documents = ''] = texts;
  const stamp = `// ${createHash('sha256')
    .update(JSON.stringify([first, schema, documents]))
    .digest('hex')}\n`;
  if ((await readFile(output, 'utf8').catch(() => '')).startsWith(stamp)) return;
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, stamp + (await make(schema, documents)));
  process.stdout.write(`${relative(import.meta.dirname, output)}: generated\n`);
}

await Promise.all(parts.map(bring));
