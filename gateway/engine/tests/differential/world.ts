import { addAbstracts, addInterfaceObject } from './abstract-types.ts';
import { type Choices, choicesFrom } from './choices.ts';
import { type Entity, makeEntity } from './entities.ts';
import { addFields } from './entity-fields.ts';
import { addFederatedFields } from './federated-fields.ts';
import { printSketch, type SubgraphSketch, typeIn } from './subgraph-sketch.ts';

/** A generated subgraph. */
export interface GeneratedSubgraph {
  name: string;
  sdl: string;
}

/** Subgraphs that may or may not compose; `requires` says which fields depend on which others. */
export interface World {
  subgraphs: GeneratedSubgraph[];
  requires: ReadonlyMap<string, readonly string[]>;
}

/** Makes a world of two to four subgraphs around a handful of entities. */
export function makeWorld(tape: readonly number[]): World {
  const choices = choicesFrom(tape);
  const subgraphs: SubgraphSketch[] = Array.from({ length: 2 + choices.pick(3) }, (_, index) => ({
    name: `s${index}`,
    types: new Map(),
    unions: new Map(),
    extras: new Set(),
  }));
  const requires = new Map<string, string[]>();
  const entities = Array.from({ length: 2 + choices.pick(3) }, (_, index) =>
    makeEntity(choices, subgraphs, `E${index}`),
  );

  for (const entity of entities) addFields(choices, entity, entities);
  addAbstracts(choices, subgraphs, entities);
  for (const entity of entities) addFederatedFields(choices, subgraphs, entity, entities, requires);
  if (choices.oneIn(3)) addInterfaceObject(choices, subgraphs);
  for (const subgraph of subgraphs) addRoots(choices, subgraph, entities);
  return {
    subgraphs: subgraphs.map((sketch) => ({ name: sketch.name, sdl: printSketch(sketch) })),
    requires,
  };
}

function addRoots(choices: Choices, subgraph: SubgraphSketch, entities: readonly Entity[]): void {
  const query = typeIn(subgraph, 'Query');
  query.fields.set(`${subgraph.name}ping`, { type: 'String' });
  for (const entity of entities) {
    if (!entity.homes.includes(subgraph) || choices.oneIn(4)) continue;
    const name = entity.name.toLowerCase();
    query.fields.set(`${name}${subgraph.name}`, {
      type: choices.of([
        `[${entity.name}]`,
        `[${entity.name}!]!`,
        entity.name,
        `[[${entity.name}]!]`,
        `${entity.name}!`,
      ]),
      args: choices.of(['', '(x: Int)', '(ids: [ID!])']),
    });
    if (choices.oneIn(4)) {
      typeIn(subgraph, 'Mutation').fields.set(`set${entity.name}${subgraph.name}`, {
        type: choices.of([entity.name, `[${entity.name}!]`, `${entity.name}!`]),
        args: '(x: Int)',
      });
    }
  }
  if (subgraph.types.has('Node')) query.fields.set(`${subgraph.name}nodes`, { type: '[Node]' });
  if (subgraph.unions.has('U')) query.fields.set(`${subgraph.name}us`, { type: '[U!]' });
}
