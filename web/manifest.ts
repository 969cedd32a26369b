import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { InMemoryCache } from '@apollo/client';
import { type ManifestFile, readManifest, sha256 } from '@socialhub/gateway/persisted-operations-manifest';
import { type DocumentNode, Kind, print, visit } from 'graphql';

const root = fileURLToPath(new URL('..', import.meta.url));
const webOperations = 'web/src/gateway/operations.ts';
const defaultTarget = 'gateway/generated/persisted-operations.json';

/** Gives a document as Apollo Client sends it: without the directive that is for itself. */
export const withoutMasks = (document: DocumentNode): DocumentNode =>
  visit(document, {
    enter: (node) => (node.kind === Kind.DIRECTIVE && node.name.value === 'unmask' ? null : undefined),
  });

/**
 * Makes the manifest of the operations that a module exports, each as Apollo Client sends it: with `__typename` in
 * every selection. Throws for two operations of one name, which clients could not tell apart.
 */
export function makeManifest(documents: readonly DocumentNode[]): ManifestFile {
  const cache = new InMemoryCache();
  const operations = documents.map((document) => {
    const sent = withoutMasks(cache.transformDocument(document));
    const operation = sent.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const name = operation?.name?.value;
    if (!operation || !name) throw new Error('an operation has no name');
    const body = print(sent);
    return { id: sha256(body), name, type: operation.operation, body };
  });
  operations.sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = operations.find(({ name }, i) => operations[i + 1]?.name === name);
  if (twice) throw new Error(`two operations are called ${twice.name}`);
  return { format: 'apollo-persisted-query-manifest', version: 1, operations };
}

/** The operations among what a module exports. */
export async function operationsOf(file: string): Promise<DocumentNode[]> {
  const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  return Object.values(exported).filter(isOperation);
}

const isOperation = (value: unknown): value is DocumentNode =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === Kind.DOCUMENT &&
  (value as DocumentNode).definitions.some((node) => node.kind === Kind.OPERATION_DEFINITION);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string', default: defaultTarget } },
  });
  const modules = positionals.length > 0 ? positionals : [webOperations];
  const documents = await Promise.all(modules.map((module) => operationsOf(resolve(root, module))));
  const text = `${JSON.stringify(makeManifest(documents.flat()), null, 2)}\n`;
  const { size } = readManifest(text);
  const target = resolve(root, values.out);
  await mkdir(dirname(target), { recursive: true });
  if ((await readFile(target, 'utf8').catch(() => '')) !== text) await writeFile(target, text);
  process.stdout.write(`${size} operations are in ${target}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
