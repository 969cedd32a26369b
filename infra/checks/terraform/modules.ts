import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

// Its types would bring those of browsers to the whole program.
const { parse } = createRequire(import.meta.url)('@cdktn/hcl2json') as {
  parse(file: string, text: string): Promise<unknown>;
};

export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };
export type Body = { [name: string]: Value };

/** A block with two labels: `resource`, `data` or `ephemeral`. */
export interface Block {
  kind: 'resource' | 'data' | 'ephemeral';
  type: string;
  name: string;
  body: Body;
}

/** One folder of .tf files. */
export interface Module {
  /** Below infra/terraform: `modules/network`. */
  folder: string;
  blocks: Block[];
  variables: Map<string, Body>;
  outputs: Map<string, Body>;
  locals: Map<string, Value>;
  calls: Map<string, Body>;
  /** By name; one provider may be configured several times. */
  providers: Map<string, Body[]>;
  /** The `terraform` block. */
  settings: Body;
}

const asBodies = (value: Value | undefined): Body[] => (Array.isArray(value) ? (value as Body[]) : []);
const labelled = (value: Value | undefined): [string, Body][] =>
  Object.entries((value ?? {}) as { [name: string]: Value }).flatMap(([name, bodies]) =>
    asBodies(bodies).map((body): [string, Body] => [name, body]),
  );

/** Reads every folder that holds .tf files below `root`, whole. `texts` replaces files, for tests. */
export async function readModules(
  root: string,
  texts: Readonly<Record<string, string>> = {},
): Promise<Module[]> {
  const modules = new Map<string, Module>();
  const files = globSync('**/*.tf', { cwd: root, exclude: (name) => String(name).includes('.terraform') });
  for (const file of [...new Set([...files, ...Object.keys(texts)])].sort()) {
    const text = texts[file] ?? readFileSync(join(root, file), 'utf8');
    const folder = relative('.', dirname(file));
    const module = modules.get(folder) ?? emptyModule(folder);
    modules.set(folder, module);
    add(module, await parseOnce(file, text));
  }
  return [...modules.values()];
}

// The tests read everything again and again, with one file changed.
const parsed = new Map<string, Promise<Body>>();

function parseOnce(file: string, text: string): Promise<Body> {
  const key = `${file}\n${text}`;
  const found = parsed.get(key) ?? (parse(file, text) as Promise<Body>);
  parsed.set(key, found);
  return found;
}

function emptyModule(folder: string): Module {
  return {
    folder,
    blocks: [],
    variables: new Map(),
    outputs: new Map(),
    locals: new Map(),
    calls: new Map(),
    providers: new Map(),
    settings: {},
  };
}

function add(module: Module, parsed: Body): void {
  for (const kind of ['resource', 'data', 'ephemeral'] as const) {
    for (const [type, named] of Object.entries((parsed[kind] ?? {}) as { [type: string]: Value })) {
      for (const [name, body] of labelled(named)) module.blocks.push({ kind, type, name, body });
    }
  }
  for (const [name, body] of labelled(parsed.variable)) module.variables.set(name, body);
  for (const [name, body] of labelled(parsed.output)) module.outputs.set(name, body);
  for (const [name, body] of labelled(parsed.module)) module.calls.set(name, body);
  for (const [name, body] of labelled(parsed.provider)) {
    module.providers.set(name, [...(module.providers.get(name) ?? []), body]);
  }
  for (const locals of asBodies(parsed.locals)) {
    for (const [name, value] of Object.entries(locals)) module.locals.set(name, value);
  }
  for (const settings of asBodies(parsed.terraform)) Object.assign(module.settings, settings);
}

/** Every text within a value, names left out. */
export function textsOf(value: Value): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [
    ...(name.includes('${') ? [name] : []),
    ...textsOf(one),
  ]);
}
