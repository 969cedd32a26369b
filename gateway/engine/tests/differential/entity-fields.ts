import type { Choices } from './choices.ts';
import { type Entity, refer } from './entities.ts';
import { type SubgraphSketch, typeIn } from './subgraph-sketch.ts';

export const valueType = 'type V @shareable { a: Int b: String! v: V vs: [V!] }';
const outputEnums = [
  'enum Color { RED GREEN }',
  'enum Color { RED GREEN BLUE }',
  'enum Color { RED GREEN @inaccessible BLUE }',
];
/** Clients see what all subgraphs have of it. */
const inputs = [
  'enum Mode { FAST SLOW } input Filter { a: Int = 3 mode: Mode tags: [String!] inner: Filter }',
  'enum Mode { FAST SLOW WARP } input Filter { a: Int = 3 mode: Mode tags: [String!] inner: Filter extra: Int }',
  'enum Mode { HALT FAST SLOW } input Filter { more: Boolean a: Int = 3 mode: Mode tags: [String!] inner: Filter }',
];
const inputsOf = ({ name }: SubgraphSketch): string => inputs[Number(name.slice(1)) % inputs.length] ?? '';

/** A type as a field has it: null or not, in lists or not. */
export function wrap(choices: Choices, name: string): string {
  return choices.of([name, name, `${name}!`, `[${name}]`, `[${name}!]!`, `[${name}!]`, `[[${name}]]`]);
}

/** Fields of one subgraph's own, or shared by two. */
export function addFields(choices: Choices, entity: Entity, entities: readonly Entity[]): void {
  const count = 2 + choices.pick(4);
  for (let index = 0; index < count; index++) {
    const owner = choices.of(entity.homes);
    const name = `${entity.name.toLowerCase()}f${index}`;
    let base = choices.of([
      'String',
      'Int',
      'V',
      'entity',
      'Color',
      'Float',
      'Boolean',
      'JSON',
      'ID',
      'entity',
    ]);
    let selection = '';
    if (base === 'entity') base = refer(choices, owner, choices.of(entities));
    else if (base === 'V') selection = choices.of([' { a }', ' { a b }', ' { v { b } a }']);
    else if (base === 'Color') owner.extras.add(choices.of(outputEnums));
    else if (base === 'JSON') owner.extras.add('scalar JSON');
    if (base === 'V') owner.extras.add(valueType);
    const type = wrap(choices, base);
    const withArgs = choices.oneIn(4);
    if (withArgs) owner.extras.add(inputsOf(owner));
    const args = withArgs ? choices.of(['(x: Int)', '(filter: Filter)', '(x: Int = 7, mode: Mode)']) : '';
    const directives: string[] = [];
    let isSettled = false;
    const other = choices.of(entity.homes);
    // Which enum has which values is each subgraph's own.
    if (choices.oneIn(5) && other !== owner && !args && !/^E\d/.test(base) && base !== 'Color') {
      directives.push('@shareable');
      isSettled = true;
      if (base === 'V') other.extras.add(valueType);
      if (base === 'JSON') other.extras.add('scalar JSON');
      typeIn(other, entity.name).fields.set(name, { type, directives: ['@shareable'] });
    } else if (choices.oneIn(6)) {
      directives.push('@inaccessible');
    }
    typeIn(owner, entity.name).fields.set(name, { type, args, directives });
    const isEntity = /^E\d/.test(base);
    const field = { name, owner, type, selection, isSettled };
    if (!args && !isEntity && base !== 'Color') entity.plain.push(field);
    if (args.startsWith('(x: Int)') && ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(base)) {
      entity.measured.push(field);
    }
  }
}
