import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface BenchGraph {
  /** Composed from the schemas of its subgraphs by `node bench/compose.ts`. */
  supergraphFile: string;
  /** Where the schema of each subgraph is, by its name. */
  schemaFiles: Record<string, string>;
}

const file = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const schemas = (folder: string, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, file(`${folder}/${name}.graphql`)]));

export const shop: BenchGraph = {
  supergraphFile: file('supergraph.graphql'),
  schemaFiles: schemas('federation', ['accounts', 'inventory', 'products', 'reviews']),
};

export const messages: BenchGraph = {
  supergraphFile: file('live/supergraph.graphql'),
  schemaFiles: schemas('live', ['events', 'people']),
};

/** Stands in a checked-in supergraph for an address that only a run knows. */
export const unknownUrl = (subgraph: string) => `http://${subgraph}.invalid/graphql`;

/** The supergraph with the addresses that its subgraphs have in this run. */
export function supergraphFor(
  { supergraphFile }: BenchGraph,
  urls: Readonly<Record<string, string>>,
): string {
  let text = readFileSync(supergraphFile, 'utf8');
  for (const [name, url] of Object.entries(urls)) text = text.replaceAll(unknownUrl(name), url);
  return text;
}
