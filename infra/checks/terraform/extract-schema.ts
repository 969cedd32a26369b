import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Body, readModules } from './modules.ts';
import type { BlockSchema, Schema, Schemas } from './schema.ts';

/**
 * Makes aws-schema.json anew, after new kinds of resources or for a new provider: what infra/terraform uses of it, out
 * of the types of @cdktn/provider-aws, which are fetched into a folder that is removed. Takes a version, or the version
 * and the folder of one that is unpacked already.
 */
const [version = '25.7.0', unpacked] = process.argv.slice(2);

interface Member {
  name: string;
  isRequired: boolean;
  isBlock: boolean;
  type: string;
}

const member = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)(\??): ([^;]+);/g;

/** The interfaces of one file of types, by name. */
function interfacesOf(types: string): Map<string, Member[]> {
  const found = new Map<string, Member[]>();
  for (const [, name = '', text = ''] of types.matchAll(/export interface (\w+)[^{]*\{\n([\s\S]*?)\n\}/g)) {
    const members = [...text.matchAll(member)].map(([, comment = '', , optional, type = '']) => ({
      name: /docs\/[\w-]+\/\w+#(\w+) /.exec(comment)?.[1] ?? '',
      isRequired: optional === '',
      isBlock: / block$/m.test(comment),
      type,
    }));
    found.set(name, members);
  }
  return found;
}

function kindOf(type: string): string {
  if (type.startsWith('{')) return 'map';
  if (/\[\]/.test(type)) return 'list';
  if (type.startsWith('string')) return 'string';
  if (type.startsWith('number')) return 'number';
  return type.startsWith('boolean') ? 'bool' : 'any';
}

/** Only blocks that `used` has are followed; the names of all are kept. */
function schemaOf(interfaces: Map<string, Member[]>, name: string, used: readonly Body[]): Schema {
  const schema: Schema = { attributes: {}, blocks: {} };
  for (const { name: key, isRequired, isBlock, type } of interfaces.get(name) ?? []) {
    if (key === '') continue;
    const inner = /^(\w+)(\[\])?/.exec(type)?.[1] ?? '';
    if (!isBlock || !interfaces.has(inner)) {
      schema.attributes[key] = `${isBlock ? 'any' : kindOf(type)}${isRequired ? '!' : ''}`;
      continue;
    }
    const within = used.flatMap((body) => insideOf(body, key));
    if (within.length === 0 && !isRequired) continue;
    schema.blocks[key] = { ...schemaOf(interfaces, inner, within), ...(isRequired && { required: true }) };
  }
  return schema;
}

function insideOf(body: Body, key: string): Body[] {
  const dynamic = (body.dynamic as Body | undefined)?.[key];
  const written = [body[key] ?? []].flat();
  const generated = [dynamic ?? []].flat().flatMap((one) => (one as Body).content ?? []);
  return [...written, ...generated].filter((one): one is Body => typeof one === 'object' && one !== null);
}

function readSchema(folder: string, used: readonly Body[]): BlockSchema {
  const types = readFileSync(join(folder, 'index.d.ts'), 'utf8');
  const code = readFileSync(join(folder, 'index.js'), 'utf8');
  const config =
    /export interface (\w+) extends cdktn\.Terraform(?:Ephemeral)?MetaArguments/.exec(types)?.[1] ?? '';
  const own = code.slice(code.lastIndexOf('extends cdktn.Terraform'));
  const reads = [...own.matchAll(/(?:Attribute\(|new [\w.]+\(this, )['"](\w+)['"]/g)].map(
    ([, name = '']) => name,
  );
  return { ...schemaOf(interfacesOf(types), config, used), reads: [...new Set(reads)].sort() };
}

const root = join(import.meta.dirname, '../../terraform');
const temporary = mkdtempSync(join(tmpdir(), 'provider-aws-'));
try {
  let lib = unpacked && join(unpacked, 'lib');
  if (!lib) {
    execFileSync('npm', ['pack', '--silent', `@cdktn/provider-aws@${version}`], { cwd: temporary });
    execFileSync('tar', ['xzf', `cdktn-provider-aws-${version}.tgz`], { cwd: temporary });
    lib = join(temporary, 'package/lib');
  }
  const { cdktn } = JSON.parse(readFileSync(join(lib, '../package.json'), 'utf8')) as {
    cdktn: { provider: { version: string } };
  };
  const used = new Map<string, Body[]>();
  for (const { blocks } of await readModules(root)) {
    for (const { kind, type, body } of blocks)
      used.set(`${kind}.${type}`, [...(used.get(`${kind}.${type}`) ?? []), body]);
  }
  const schemas: Schemas = {};
  for (const [key, bodies] of [...used].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [kind = '', type = ''] = key.split('.');
    const rest = type.replace(/^aws_/, '').replaceAll('_', '-');
    const folder = join(lib, kind === 'resource' ? rest : `${kind}-aws-${rest}`);
    if (!type.startsWith('aws_')) continue;
    if (existsSync(folder)) schemas[key] = readSchema(folder, bodies);
    else process.stderr.write(`the provider has no ${key}\n`);
  }
  const from = `@cdktn/provider-aws ${version}, provider ${cdktn.provider.version}`;
  // A line for each, so that changes can be read.
  const lines = Object.entries(schemas).map(
    ([key, schema]) => `${JSON.stringify(key)}:${JSON.stringify(schema)}`,
  );
  const text = `{"from":${JSON.stringify(from)},"schemas":{\n${lines.join(',\n')}\n}}\n`;
  writeFileSync(join(import.meta.dirname, 'aws-schema.json'), text);
} finally {
  rmSync(temporary, { recursive: true });
}
