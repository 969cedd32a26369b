import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SubgraphName } from './resolvers.ts';

/** Composed from the four schemas by `node bench/compose.ts`. */
export const supergraphFile = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));

/** The supergraph with the addresses that its subgraphs have in this run. */
export function supergraphFor(urls: Record<SubgraphName, string>): string {
  let text = readFileSync(supergraphFile, 'utf8');
  for (const [name, url] of Object.entries(urls)) {
    text = text.replaceAll(`http://${name}.invalid/graphql`, url);
  }
  return text;
}
