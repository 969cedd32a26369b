import { type Choices, choicesFrom } from './choices.ts';

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

interface FieldSketch {
  type: string;
  args?: string;
  directives?: string[];
}

interface TypeSketch {
  head: string;
  directives: string[];
  implements: Set<string>;
  fields: Map<string, FieldSketch>;
}

interface SubgraphSketch {
  name: string;
  types: Map<string, TypeSketch>;
  unions: Map<string, Set<string>>;
  extras: Set<string>;
}

type KeyStyle = 'id' | 'compound' | 'multiple' | 'nested';

interface Entity {
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

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"])`;

const valueType = 'type V @shareable { a: Int b: String! v: V vs: [V!] }';
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
  return { subgraphs: subgraphs.map((sketch) => ({ name: sketch.name, sdl: print(sketch) })), requires };
}

function typeIn(subgraph: SubgraphSketch, name: string, head = 'type'): TypeSketch {
  let type = subgraph.types.get(name);
  if (!type) {
    type = { head, directives: [], implements: new Set(), fields: new Map() };
    subgraph.types.set(name, type);
  }
  return type;
}

function makeEntity(choices: Choices, subgraphs: SubgraphSketch[], name: string): Entity {
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
function refer(choices: Choices, subgraph: SubgraphSketch, entity: Entity): string {
  if (!entity.homes.includes(subgraph))
    declare(choices, subgraph, entity.name, entity.style, entity.idType, false);
  return entity.name;
}

function wrap(choices: Choices, name: string): string {
  return choices.of([name, name, `${name}!`, `[${name}]`, `[${name}!]!`, `[${name}!]`, `[[${name}]]`]);
}

function addFields(choices: Choices, entity: Entity, entities: readonly Entity[]): void {
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

function addAbstracts(
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

function addFederatedFields(
  choices: Choices,
  subgraphs: readonly SubgraphSketch[],
  entity: Entity,
  entities: readonly Entity[],
  requires: Map<string, string[]>,
): void {
  const external = (subgraph: SubgraphSketch, field: Entity['plain'][number]) => {
    const type = typeIn(subgraph, entity.name);
    if (!type.fields.has(field.name)) {
      type.fields.set(field.name, { type: field.type, directives: ['@external'] });
    }
    if (field.type.includes('V')) subgraph.extras.add(valueType);
    if (field.type.includes('JSON')) subgraph.extras.add('scalar JSON');
  };

  for (const home of entity.homes) {
    const foreign = entity.plain.filter(
      (field) => field.owner !== home && !typeIn(home, entity.name).fields.has(field.name),
    );
    // Of objects in lists of lists stock tells subgraphs only that they are null: cases.test.ts.
    const requirable = foreign.filter(({ type }) => !type.startsWith('[[V'));
    if (requirable.length > 0 && choices.oneIn(2)) {
      const needed = requirable.filter(() => choices.oneIn(2)).slice(0, 2);
      if (needed.length === 0) needed.push(...requirable.slice(0, 1));
      for (const field of needed) external(home, field);
      const name = `${entity.name.toLowerCase()}${home.name}needs`;
      const fields = needed.map((field) => field.name + field.selection).join(' ');
      typeIn(home, entity.name).fields.set(name, {
        type: choices.of(['String', 'String!', '[String]']),
        directives: [`@requires(fields: "${fields}")`],
      });
      requires.set(
        `${home.name}.${entity.name}.${name}`,
        needed.map((field) => field.name),
      );
    }
    const measured = entity.measured.find(
      (field) => field.owner !== home && !typeIn(home, entity.name).fields.has(field.name),
    );
    if (measured && choices.oneIn(2)) {
      typeIn(home, entity.name).fields.set(measured.name, {
        type: measured.type,
        args: '(x: Int)',
        directives: ['@external'],
      });
      const name = `${entity.name.toLowerCase()}${home.name}measures`;
      typeIn(home, entity.name).fields.set(name, {
        type: 'String',
        // Stock can't keep apart what is required with different arguments: cases.test.ts.
        directives: [`@requires(fields: "${measured.name}(x: ${measured.name.at(-1)})")`],
      });
      requires.set(`${home.name}.${entity.name}.${name}`, [measured.name]);
    }
    const moved = foreign.find(({ isSettled }) => !isSettled);
    if (moved && choices.oneIn(5) && !typeIn(home, entity.name).fields.has(moved.name)) {
      moved.isSettled = true;
      if (moved.type.includes('V')) home.extras.add(valueType);
      if (moved.type.includes('JSON')) home.extras.add('scalar JSON');
      typeIn(home, entity.name).fields.set(moved.name, {
        type: moved.type,
        directives: [`@override(from: "${moved.owner.name}")`],
      });
    }
  }
  if (!choices.oneIn(3)) return;
  const provider = choices.of(subgraphs);
  const provided = entity.plain.find(
    (field) =>
      !field.isSettled && field.owner !== provider && !subgraphTypeHas(provider, entity.name, field.name),
  );
  const from = entities.find((other) => other.homes.includes(provider));
  if (!provided || !from) return;
  provided.isSettled = true;
  typeIn(provided.owner, entity.name).fields.get(provided.name)?.directives?.push('@shareable');
  refer(choices, provider, entity);
  external(provider, provided);
  const members = provider.unions.get('U');
  if (members?.has(entity.name)) {
    typeIn(provider, from.name).fields.set(`${entity.name.toLowerCase()}${provider.name}anyGives`, {
      type: choices.of(['U', '[U]']),
      directives: [`@provides(fields: "... on ${entity.name} { ${provided.name}${provided.selection} }")`],
    });
  }
  typeIn(provider, from.name).fields.set(`${entity.name.toLowerCase()}${provider.name}gives`, {
    type: choices.of([entity.name, `[${entity.name}]`, `[${entity.name}!]!`]),
    directives: [`@provides(fields: "${provided.name}${provided.selection}")`],
  });
}

const subgraphTypeHas = (subgraph: SubgraphSketch, type: string, field: string) =>
  subgraph.types.get(type)?.fields.has(field) ?? false;

/** An entity interface in the first subgraph that the second one knows as an object. */
function addInterfaceObject(choices: Choices, [whole, partial]: readonly SubgraphSketch[]): void {
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

function print(subgraph: SubgraphSketch): string {
  const parts = [link];
  for (const [name, { head, directives, implements: interfaces, fields }] of subgraph.types) {
    const lines = [...fields].map(
      ([field, { type, args = '', directives: applied = [] }]) =>
        `  ${field}${args}: ${type}${applied.map((text) => ` ${text}`).join('')}`,
    );
    const implemented = interfaces.size > 0 ? ` implements ${[...interfaces].join(' & ')}` : '';
    const applied = directives.map((text) => ` ${text}`).join('');
    parts.push(`${head} ${name}${implemented}${applied} {\n${lines.join('\n')}\n}`);
  }
  for (const [name, members] of subgraph.unions) parts.push(`union ${name} = ${[...members].join(' | ')}`);
  // One definition of an enum a subgraph.
  const [color, ...rest] = [...subgraph.extras].sort((a, b) => Number(isColor(b)) - Number(isColor(a)));
  parts.push(
    ...[color, ...rest].filter((text, i) => text !== undefined && (i === 0 || !isColor(text))).map(String),
  );
  return parts.join('\n\n');
}

const isColor = (text: string) => text.startsWith('enum Color');
