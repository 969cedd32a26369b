import type { Choices } from './choices.ts';
import { type Entity, refer } from './entities.ts';
import { valueType } from './entity-fields.ts';
import { type SubgraphSketch, subgraphTypeHas, typeIn } from './subgraph-sketch.ts';

/** Fields with `@requires`, `@provides` and `@override`. */
export function addFederatedFields(
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
