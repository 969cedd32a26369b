import { readFileSync, writeFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { messages, shop, unknownUrl } from './federation/supergraph.ts';

for (const { supergraphFile, schemaFiles } of [shop, messages]) {
  const composed = composeServices(
    Object.entries(schemaFiles).map(([name, file]) => ({
      name,
      url: unknownUrl(name),
      typeDefs: parse(readFileSync(file, 'utf8')),
    })),
  );
  if (composed.errors) throw new AggregateError(composed.errors, 'The subgraphs do not compose');
  writeFileSync(supergraphFile, `${composed.supergraphSdl.trimEnd()}\n`);
}
