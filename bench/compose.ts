import { writeFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { subgraphNames } from './federation/resolvers.ts';
import { sdlOf } from './federation/subgraphs.ts';
import { supergraphFile } from './federation/supergraph.ts';

const composed = composeServices(
  subgraphNames.map((name) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(sdlOf(name)),
  })),
);
if (composed.errors) throw new AggregateError(composed.errors, 'The subgraphs do not compose');
writeFileSync(supergraphFile, `${composed.supergraphSdl.trimEnd()}\n`);
