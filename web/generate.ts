import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, visit } from 'graphql';
import { textParts } from './generate-texts.ts';

/*
 * `npm run generate`: of each GraphQL file in src/ its documents, precompiled, and the types of what they give, in `generated/` beside
 * it; which types an interface or a union may be, for the browser's cache; and the texts, see generate-texts.ts. A file may spread the fragments of every other: what they
 * give is masked, for the component beside them alone. A part whose inputs are those of the last time is skipped.
 */

const source = join(import.meta.dirname, 'src');
const supergraph = join(import.meta.dirname, '../gateway/supergraph.graphql');

/** A GraphQL file, by its path in src/. */
interface GraphFile {
  path: string;
  text: string;
  document: DocumentNode;
}

interface SharedFragment {
  file: GraphFile;
  node: FragmentDefinitionNode;
}

interface Part {
  output: string;
  /** Texts: what is made of the same is the same. */
  inputs: string[];
  make: () => Promise<string>;
}

const outputOf = ({ path }: GraphFile) =>
  join(source, dirname(path), 'generated', `${basename(path, '.graphql')}.ts`);

const fragmentsOf = (file: GraphFile): SharedFragment[] =>
  file.document.definitions
    .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
    .map((node) => ({ file, node }));

/** Takes all fragments by name, gives the one that finds what a file takes of others, and what that takes in turn. */
function sharedWith(all: ReadonlyMap<string, SharedFragment>) {
  return (file: GraphFile): SharedFragment[] => {
    const found = new Map<string, SharedFragment>();
    const look = (node: DocumentNode | FragmentDefinitionNode) =>
      visit(node, {
        FragmentSpread({ name: { value } }) {
          const fragment = all.get(value);
          if (!fragment) throw new Error(`${file.path} spreads ${value}, which is no fragment`);
          if (found.has(value)) return;
          found.set(value, fragment);
          look(fragment.node);
        },
      });
    look(file.document);
    return [...found.values()].filter((fragment) => fragment.file !== file);
  };
}

async function typedDocuments(schema: string, file: GraphFile, shared: SharedFragment[]): Promise<string> {
  // Loaded only here, so that finding nothing to do stays quick.
  const [{ codegen }, operations, typedDocumentNode] = await Promise.all([
    import('@graphql-codegen/core'),
    import('@graphql-codegen/typescript-operations'),
    import('@graphql-codegen/typed-document-node'),
  ]);
  const made = await codegen({
    filename: 'documents.ts',
    // Apollo Client's: of a part that is for whoever spreads it too.
    schema: parse(`${schema}\ndirective @unmask on FRAGMENT_SPREAD`),
    documents: [{ location: file.path, document: file.document }],
    plugins: [{ operations: {} }, { typedDocumentNode: {} }],
    pluginMap: { operations, typedDocumentNode },
    config: {
      scalars: { ID: 'string', DateTime: 'string', URL: 'string' },
      defaultScalarType: 'unknown',
      enumsAsTypes: true,
      useTypeImports: true,
      nonOptionalTypename: true,
      skipTypeNameForRoot: true,
      inlineFragmentTypes: 'mask',
      customDirectives: { apolloUnmask: true },
      externalFragments: shared.map(({ node }) => ({
        isExternal: true,
        name: node.name.value,
        onType: node.typeCondition.name.value,
        node,
      })),
    },
  });
  return importsOf(file, shared, made) + made + (await missingEnums(schema, made));
}

function importsOf(file: GraphFile, shared: SharedFragment[], made: string): string {
  const from = dirname(outputOf(file));
  return shared
    .map((fragment) => ({ ...fragment, type: `${fragment.node.name.value}Fragment` }))
    .filter(({ type }) => new RegExp(`\\b${type}\\b`).test(made))
    .map(({ type, file: other }) => {
      const path = relative(from, outputOf(other));
      return `import type { ${type} } from ${JSON.stringify(path.startsWith('.') ? path : `./${path}`)};\n`;
    })
    .join('');
}

/** Enums that come in by fragments of other files alone, where the plugin does not look. */
async function missingEnums(schema: string, made: string): Promise<string> {
  const { buildSchema, isEnumType } = await import('graphql');
  return Object.values(buildSchema(schema).getTypeMap())
    .filter(isEnumType)
    .filter(({ name }) => new RegExp(`: ${name}\\b`).test(made) && !made.includes(`export type ${name} =`))
    .map((type) => {
      const values = type.getValues().map(({ name }) => `'${name}'`);
      return `\nexport type ${type.name} = ${values.join(' | ')};\n`;
    })
    .join('');
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
  const own = await readFile(import.meta.filename, 'utf8');
  const stamp = `// ${createHash('sha256')
    .update(JSON.stringify([own, ...inputs]))
    .digest('hex')}\n`;
  if ((await readFile(output, 'utf8').catch(() => '')).startsWith(stamp)) return;
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, stamp + (await make()));
  process.stdout.write(`${relative(import.meta.dirname, output)}: generated\n`);
}

async function readGraphFile(path: string): Promise<GraphFile> {
  const text = await readFile(join(source, path), 'utf8');
  return { path, text, document: parse(text) };
}

const schema = await readFile(supergraph, 'utf8');
const files = await Promise.all(globSync('**/*.graphql', { cwd: source }).sort().map(readGraphFile));
const fragments = new Map<string, SharedFragment>();
for (const fragment of files.flatMap(fragmentsOf)) {
  const name = fragment.node.name.value;
  const other = fragments.get(name);
  if (other) throw new Error(`${other.file.path} and ${fragment.file.path} both have a fragment ${name}`);
  fragments.set(name, fragment);
}
const sharedOf = sharedWith(fragments);
await Promise.all([
  bring({
    output: join(source, 'graph/generated/possible-types.ts'),
    inputs: [schema],
    make: () => possibleTypes(schema),
  }),
  ...files.map((file) => {
    const shared = sharedOf(file);
    const inputs = [schema, file.text, ...shared.map((fragment) => fragment.file.text)];
    return bring({ output: outputOf(file), inputs, make: () => typedDocuments(schema, file, shared) });
  }),
  ...(await textParts()).map(bring),
]);
