import type { Choices } from './choices.ts';
import type { Entity } from './entities.ts';
import { wrap } from './entity-fields.ts';
import { type SubgraphSketch, typeIn } from './subgraph-sketch.ts';

/** An interface and a union of the entities of a subgraph. */
export function addAbstracts(
  choices: Choices,
  subgraphs: readonly SubgraphSketch[],
  entities: readonly Entity[],
): void {
  for (const subgraph of subgraphs) {
    const here = entities.filter((entity) => entity.homes.includes(subgraph));
    if (here.length === 0) continue;
    const holder = choices.of(here);
    if (choices.oneIn(2)) {
      const node = typeIn(subgraph, 'Node', 'interface');
      node.fields.set('id', { type: 'ID!' });
      node.fields.set('label', { type: 'String' });
      const nodes = here.filter(({ idType }) => idType === 'ID!');
      const some = nodes.filter(() => !choices.oneIn(3));
      for (const entity of some.length > 0 ? some : nodes) {
        const type = typeIn(subgraph, entity.name);
        type.implements.add('Node');
        const directives = ['@shareable'];
        // Where it is non-null in the object alone, stock goes by the interface: cases.test.ts.
        type.fields.set('label', { type: 'String', directives });
      }
      typeIn(subgraph, holder.name).fields.set(`${subgraph.name}node`, { type: wrap(choices, 'Node') });
    }
    if (choices.oneIn(2)) {
      const members = new Set(here.filter(() => !choices.oneIn(3)).map((entity) => entity.name));
      members.add(holder.name);
      subgraph.unions.set('U', members);
      typeIn(subgraph, holder.name).fields.set(`${subgraph.name}union`, { type: wrap(choices, 'U') });
    }
  }
}

/** An entity interface in the first subgraph that the second one knows as an object. */
export function addInterfaceObject(choices: Choices, [whole, partial]: readonly SubgraphSketch[]): void {
  if (!whole || !partial) return;
  const media = typeIn(whole, 'Media', 'interface');
  media.directives.push('@key(fields: "id")');
  media.fields.set('id', { type: 'ID!' });
  media.fields.set('title', { type: 'String' });
  for (const name of ['Book', 'Movie']) {
    const type = typeIn(whole, name);
    type.directives.push('@key(fields: "id")');
    type.implements.add('Media');
    type.fields.set('id', { type: 'ID!' });
    type.fields.set('title', { type: 'String' });
    type.fields.set(`${name.toLowerCase()}Only`, { type: choices.of(['Int', 'Int!', '[String]']) });
  }
  typeIn(whole, 'Query').fields.set('medias', { type: choices.of(['[Media]', '[Media!]!', 'Media']) });
  const object = typeIn(partial, 'Media');
  object.directives.push('@key(fields: "id")', '@interfaceObject');
  object.fields.set('id', { type: 'ID!' });
  object.fields.set('rating', { type: choices.of(['Int', 'Int!']) });
  object.fields.set('related', { type: choices.of(['[Media]', 'Media', '[Media!]']) });
  if (choices.oneIn(2)) {
    object.fields.set('title', { type: 'String', directives: ['@external'] });
    object.fields.set('slug', { type: 'String', directives: ['@requires(fields: "title")'] });
  }
  typeIn(partial, 'Query').fields.set('topMedias', { type: choices.of(['[Media]', 'Media']) });
}
