import { posix } from 'node:path';
import { type Body, type Module, textsOf, type Value } from './modules.ts';
import { addressOf, isOfKind, type Schemas } from './schema.ts';

const known = '(?:var|local|module|data|ephemeral|(?:aws|vercel)_\\w+)';
const reference = new RegExp(`(?<![\\w."-])${known}(?:\\.\\w+|\\[[^\\]]*\\])+`, 'g');

/** What the expressions of a text refer to, as they write it; indexes are left out. */
export function referencesOf(text: string): string[] {
  return expressionsOf(text).flatMap((expression) =>
    [...expression.matchAll(reference)].map(([found]) => found.replace(/\[[^\]]*\]/g, '')),
  );
}

/** What stands within `${}`. */
function expressionsOf(text: string): string[] {
  const found: string[] = [];
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', start)) {
    let depth = 0;
    let end = start + 1;
    for (; end < text.length; end += 1) {
      if (text[end] === '{') depth += 1;
      else if (text[end] === '}' && --depth === 0) break;
    }
    found.push(text.slice(start + 2, end));
    start = end;
  }
  return found;
}

/** Everything of a module that may hold expressions, with where it is. */
function placesOf(module: Module): [string, Value][] {
  return [
    ...module.blocks.map((block): [string, Value] => [addressOf(block), block.body]),
    ...[...module.variables].map(([name, body]): [string, Value] => [
      `variable ${name}`,
      body.validation ?? null,
    ]),
    ...[...module.outputs].map(([name, body]): [string, Value] => [`output ${name}`, body]),
    ...[...module.locals].map(([name, value]): [string, Value] => [`local ${name}`, value]),
    ...[...module.calls].map(([name, body]): [string, Value] => [`module ${name}`, body]),
    ...[...module.providers].map(([name, body]): [string, Value] => [`provider ${name}`, body]),
  ];
}

/** One sentence for each reference that leads nowhere, and each variable or local value that nothing refers to. */
export function referenceFaults(modules: readonly Module[], schemas: Schemas): string[] {
  return modules.flatMap((module) => {
    const faults: string[] = [];
    const used = new Set<string>();
    for (const [where, value] of placesOf(module)) {
      for (const found of textsOf(value).flatMap(referencesOf)) {
        used.add(found.split('.').slice(0, 2).join('.'));
        const fault = faultOf(found, module, modules, schemas);
        if (fault) faults.push(`${module.folder}: ${where}: ${found} ${fault}`);
      }
    }
    for (const name of module.variables.keys())
      if (!used.has(`var.${name}`)) faults.push(`${module.folder}: variable ${name} is not used`);
    for (const name of module.locals.keys())
      if (!used.has(`local.${name}`)) faults.push(`${module.folder}: local ${name} is not used`);
    return faults;
  });
}

function faultOf(found: string, module: Module, modules: readonly Module[], schemas: Schemas): string | null {
  const [first = '', second = '', third, fourth] = found.split('.');
  if (first === 'var') return module.variables.has(second) ? null : 'is no variable';
  if (first === 'local') return module.locals.has(second) ? null : 'is no local value';
  if (first === 'module') {
    const call = module.calls.get(second);
    if (!call) return 'is no module that is called';
    const outputs = moduleOf(call, module, modules)?.outputs;
    return third === undefined || outputs?.has(third) ? null : 'is no output of that module';
  }
  const isResource = first !== 'data' && first !== 'ephemeral';
  const [kind, type, name, attribute] = isResource
    ? ['resource', first, second, third]
    : [first, second, third, fourth];
  if (!module.blocks.some((block) => block.kind === kind && block.type === type && block.name === name))
    return 'is nothing that stands here';
  const schema = schemas[`${kind}.${type}`];
  const readable =
    attribute === undefined ||
    attribute === 'id' ||
    !schema ||
    attribute in schema.attributes ||
    attribute in schema.blocks ||
    schema.reads.includes(attribute);
  return readable ? null : `: ${type} has no ${attribute}`;
}

/** The module that a call names. */
export const moduleOf = (call: Body, caller: Module, modules: readonly Module[]): Module | undefined =>
  modules.find(({ folder }) => folder === posix.join(caller.folder, String(call.source)));

const ofCalls = new Set(['source', 'for_each', 'count', 'depends_on', 'providers', 'version']);

/** One sentence for each input of a module that is missing, unknown or of another kind than its variable. */
export function callFaults(modules: readonly Module[]): string[] {
  return modules.flatMap((module) =>
    [...module.calls].flatMap(([name, call]) => {
      const where = `${module.folder}: module ${name}`;
      const called = moduleOf(call, module, modules);
      if (!called) return [`${where}: there is no module at ${call.source}`];
      const faults: string[] = [];
      for (const [input, value] of Object.entries(call)) {
        if (ofCalls.has(input)) continue;
        const variable = called.variables.get(input);
        if (!variable) faults.push(`${where}: ${called.folder} has no variable ${input}`);
        else
          faults.push(
            ...kindFaults(value, typeOf(variable), module).map((fault) => `${where}: ${input} ${fault}`),
          );
      }
      for (const [input, variable] of called.variables)
        if (!('default' in variable) && !(input in call)) faults.push(`${where}: ${input} is missing`);
      return faults;
    }),
  );
}

const typeOf = (variable: Body): string => String(variable.type ?? '').replace(/^\$\{([\s\S]*)\}$/, '$1');

function kindFaults(value: Value, type: string, module: Module): string[] {
  const passed = typeof value === 'string' ? /^\$\{var\.(\w+)\}$/.exec(value)?.[1] : undefined;
  const ours = passed && module.variables.get(passed);
  if (ours) {
    const given = typeOf(ours).replace(/\s+/g, '');
    return given === type.replace(/\s+/g, '') ? [] : [`is to be ${type}, and var.${passed} is ${given}`];
  }
  const [outer = ''] = type.split('(');
  const kind = outer === 'set' || outer === 'tuple' ? 'list' : outer;
  if (!isOfKind(value, kind)) return [`is to be ${type}`];
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (outer === 'map' && isObject) {
    const inner = type.slice(4, -1);
    return Object.entries(value).flatMap(([key, one]) =>
      kindFaults(one, inner, module).map((fault) => `(${key}) ${fault}`),
    );
  }
  if (outer !== 'object' || !isObject) return [];
  const fields = new Map(
    [...type.matchAll(/(\w+)\s*=\s*(\w+(?:\([^()]*\))?)/g)].map(([, name = '', of = '']) => [name, of]),
  );
  return [
    ...[...fields.keys()].filter((field) => !(field in value)).map((field) => `has no ${field}`),
    ...Object.entries(value).flatMap(([field, one]) => {
      const of = fields.get(field);
      return of
        ? kindFaults(one, of, module).map((fault) => `(${field}) ${fault}`)
        : [`does not take ${field}`];
    }),
  ];
}
