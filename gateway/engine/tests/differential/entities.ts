import type { Choices } from './choices.ts';
import { type SubgraphSketch, typeIn } from './subgraph-sketch.ts';

type KeyStyle = 'id' | 'compound' | 'multiple' | 'nested';

/** An object with keys, and the fields of it that others may refer to. */
export interface Entity {
  name: string;
  style: KeyStyle;
  homes: SubgraphSketch[];
  plain: PlainField[];
  /** Leaves of which it can be required that they are asked for with a certain argument. */
  measured: PlainField[];
  idType: string;
}

interface PlainField {
  name: string;
  owner: SubgraphSketch;
  type: string;
  selection: string;
  /** More than one subgraph resolves it, or another one than its first owner: nobody else may take it over. */
  isSettled: boolean;
}

/** An entity in the subgraphs that resolve it. */
export function makeEntity(choices: Choices, subgraphs: SubgraphSketch[], name: string): Entity {
  const style = choices.of<KeyStyle>(['id', 'compound', 'multiple', 'nested']);
  const homes = subgraphs.filter(() => !choices.oneIn(4));
  if (homes.length === 0) homes.push(...subgraphs.slice(0, 1));
  // Where entities of different types stand in one place, keys of different types have to be told apart.
  const idType = choices.oneIn(3) ? 'String!' : 'ID!';
  for (const home of homes) declare(choices, home, name, style, idType, true);
  return { name, style, homes, plain: [], measured: [], idType };
}

function declare(
  choices: Choices,
  subgraph: SubgraphSketch,
  name: string,
  style: KeyStyle,
  idType: string,
  resolvable: boolean,
): void {
  const type = typeIn(subgraph, name);
  if (type.fields.size > 0) return;
  const key = (fields: string) =>
    type.directives.push(`@key(fields: "${fields}"${resolvable ? '' : ', resolvable: false'})`);
  type.fields.set('id', { type: idType, directives: style === 'nested' ? ['@shareable'] : [] });
  if (style === 'id') key('id');
  if (style === 'compound') {
    type.fields.set('sku', { type: 'String!' });
    key('id sku');
  }
  if (style === 'multiple') {
    const which = choices.pick(3);
    type.fields.set('sku', { type: 'String!', directives: which === 0 ? ['@shareable'] : [] });
    if (which !== 2) key('id');
    else type.fields.set('id', { type: idType, directives: ['@shareable'] });
    if (which !== 0) key('sku');
  }
  if (style === 'nested') {
    subgraph.extras.add('type Org @shareable { id: ID! }');
    type.fields.set('org', { type: 'Org!' });
    key('org { id }');
  }
}

/** A reference to an entity needs it to be declared; where it has no home it is a stub. */
export function refer(choices: Choices, subgraph: SubgraphSketch, entity: Entity): string {
  if (!entity.homes.includes(subgraph))
    declare(choices, subgraph, entity.name, entity.style, entity.idType, false);
  return entity.name;
}
