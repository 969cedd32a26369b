import type { Block, Body, Module, Value } from './modules.ts';

/** What may stand in a block. An attribute is its kind, with `!` where it is required; a block is what may stand in it. */
export interface Schema {
  attributes: Record<string, string>;
  blocks: Record<string, Schema & { required?: true }>;
}

/** Of one kind of resource, and what can be read of it beside its arguments. */
export interface BlockSchema extends Schema {
  reads: string[];
}

/** By `resource.aws_vpc`, `data.aws_region`. */
export type Schemas = Record<string, BlockSchema>;

// Of the language, in every block that has two labels.
const language = new Set([
  'count',
  'for_each',
  'depends_on',
  'provider',
  'lifecycle',
  'provisioner',
  'connection',
]);
const languageBlocks = new Set(['dynamic', 'lifecycle']);

/** One sentence for each name that a provider does not know, each that it misses, and each literal of the wrong kind. */
export function schemaFaults(modules: readonly Module[], schemas: Schemas): string[] {
  return modules.flatMap((module) =>
    module.blocks.flatMap((block) => {
      const where = `${module.folder}: ${addressOf(block)}`;
      const schema = schemas[`${block.kind}.${block.type}`];
      if (!schema) return [`${where}: the schema has no ${block.kind} ${block.type} (extract it anew)`];
      return bodyFaults(block.body, schema, where, true);
    }),
  );
}

export const addressOf = ({ kind, type, name }: Block) =>
  `${kind === 'resource' ? '' : `${kind}.`}${type}.${name}`;

/** The faults of what stands in a block, by what may stand there. */
export function bodyFaults(body: Body, schema: Schema, where: string, isTop: boolean): string[] {
  const faults: string[] = [];
  const given = new Set(Object.keys(body));
  for (const [name, value] of Object.entries(body)) {
    if (isTop ? language.has(name) || languageBlocks.has(name) : name === 'dynamic') continue;
    const kind = schema.attributes[name];
    const inner = schema.blocks[name];
    if (inner) {
      for (const one of asBodies(value)) faults.push(...bodyFaults(one, inner, `${where}.${name}`, false));
    } else if (kind === undefined) {
      faults.push(`${where}: the provider does not know ${name}`);
    } else if (!isOfKind(value, kind.replace('!', ''))) {
      faults.push(`${where}: ${name} is to be a ${kind.replace('!', '')}`);
    }
  }
  for (const [name, dynamics] of Object.entries((body.dynamic ?? {}) as Body)) {
    given.add(name);
    const inner = schema.blocks[name];
    if (!inner) faults.push(`${where}: the provider does not know the block ${name}`);
    else {
      for (const dynamic of asBodies(dynamics))
        for (const content of asBodies(dynamic.content))
          faults.push(...bodyFaults(content, inner, `${where}.${name}`, false));
    }
  }
  for (const [name, kind] of Object.entries(schema.attributes)) {
    if (kind.endsWith('!') && !given.has(name)) faults.push(`${where}: ${name} is missing`);
  }
  for (const [name, inner] of Object.entries(schema.blocks)) {
    if (inner.required && !given.has(name)) faults.push(`${where}: the block ${name} is missing`);
  }
  return faults;
}

const asBodies = (value: Value | undefined): Body[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (one): one is Body => typeof one === 'object' && one !== null && !Array.isArray(one),
  );

/** Whether a literal fits; an expression that is more than text always does. */
export function isOfKind(value: Value, kind: string): boolean {
  if (value === null || kind === 'any') return true;
  if (typeof value === 'string') {
    if (/^\$\{[\s\S]*\}$/.test(value)) return true;
    if (kind === 'number') return /^-?[\d.]+$/.test(value);
    return kind === 'string' || (kind === 'bool' && /^(true|false)$/.test(value));
  }
  if (typeof value === 'number') return kind === 'number' || kind === 'string';
  if (typeof value === 'boolean') return kind === 'bool' || kind === 'string';
  if (Array.isArray(value)) return kind === 'list';
  return kind === 'map' || kind === 'object';
}
