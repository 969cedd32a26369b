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

/** A subgraph that is being made up. */
export interface SubgraphSketch {
  name: string;
  types: Map<string, TypeSketch>;
  unions: Map<string, Set<string>>;
  extras: Set<string>;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"])`;

/** A type of the subgraph; it is added where there is none of this name. */
export function typeIn(subgraph: SubgraphSketch, name: string, head = 'type'): TypeSketch {
  let type = subgraph.types.get(name);
  if (!type) {
    type = { head, directives: [], implements: new Set(), fields: new Map() };
    subgraph.types.set(name, type);
  }
  return type;
}

export const subgraphTypeHas = (subgraph: SubgraphSketch, type: string, field: string) =>
  subgraph.types.get(type)?.fields.has(field) ?? false;

/** The subgraph's SDL. */
export function printSketch(subgraph: SubgraphSketch): string {
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
