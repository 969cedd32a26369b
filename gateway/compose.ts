import { readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import type { SubgraphASTNode } from '@apollo/federation-internals';
import { type ASTNode, type DocumentNode, GraphQLError, parse, Source } from 'graphql';
import { parse as parseYaml } from 'yaml';
import * as z from 'zod';

const roverConfig = z.strictObject({
  federation_version: z.string().regex(/^=2\.\d+\.\d+$/, 'must be an exact version like =2.9.0'),
  subgraphs: z.record(
    z.string(),
    z.strictObject({ routing_url: z.url(), schema: z.strictObject({ file: z.string() }) }),
  ),
});

/** The subgraphs do not make a supergraph; `faults` says why, each with subgraph, file and line where known. */
export class CompositionFailed extends Error {
  override readonly name = 'CompositionFailed';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/**
 * Composes what a rover.yaml names, as `rover supergraph compose --config` does. Gives the supergraph's text and
 * the composer's hints. Throws CompositionFailed.
 */
export async function compose(configFile: string): Promise<{ supergraph: string; hints: string[] }> {
  const config = roverConfig.safeParse(parseYaml(await readFile(configFile, 'utf8')));
  if (!config.success) {
    throw new CompositionFailed(
      config.error.issues.map(({ path, message }) => `${configFile}: ${path.join('.')}: ${message}`),
    );
  }
  await checkVersion(config.data.federation_version, configFile);

  const files = new Map<string, string>();
  const faults: string[] = [];
  const services: { name: string; url: string; typeDefs: DocumentNode }[] = [];
  for (const [name, { routing_url: url, schema }] of Object.entries(config.data.subgraphs)) {
    const file = resolve(dirname(configFile), schema.file);
    files.set(name, schema.file);
    try {
      services.push({ name, url, typeDefs: parse(new Source(await readFile(file, 'utf8'), schema.file)) });
    } catch (error) {
      faults.push(`${name}: ${placeOf(error) ?? schema.file}: ${(error as Error).message}`);
    }
  }
  if (faults.length > 0) throw new CompositionFailed(faults);

  const composed = composeServices(services);
  if (composed.errors) throw new CompositionFailed(composed.errors.map((error) => describe(error, files)));
  return {
    supergraph: `${composed.supergraphSdl.trimEnd()}\n`,
    hints: composed.hints.map((hint) => `${hint.definition.code}: ${hint.message}`),
  };
}

/** Another version of the composer may compose otherwise; rover would fetch the one that is named. */
async function checkVersion(wanted: string, configFile: string): Promise<void> {
  const manifest = fileURLToPath(import.meta.resolve('@apollo/composition/package.json'));
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  if (wanted === `=${version}`) return;
  throw new CompositionFailed([
    `${configFile}: federation_version is ${wanted}, and @apollo/composition, which composes here, is ${version}`,
  ]);
}

function describe(error: GraphQLError, files: ReadonlyMap<string, string>): string {
  const places = (error.nodes ?? []).flatMap((node) => {
    const { subgraph } = node as ASTNode & Partial<SubgraphASTNode>;
    const line = node.loc?.startToken.line;
    return subgraph ? [`${subgraph} (${files.get(subgraph)}${line ? `:${line}` : ''})`] : [];
  });
  const code = typeof error.extensions.code === 'string' ? `${error.extensions.code}: ` : '';
  return `${code}${error.message}${places.length > 0 ? `\n    at ${[...new Set(places)].join(', ')}` : ''}`;
}

function placeOf(error: unknown): string | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const [location] = error.locations ?? [];
  return location && `${error.source?.name}:${location.line}`;
}

async function main(args: readonly string[]): Promise<number> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const target = fileURLToPath(new URL('supergraph.graphql', import.meta.url));
  let composed: Awaited<ReturnType<typeof compose>>;
  try {
    composed = await compose(resolve(root, 'rover.yaml'));
  } catch (error) {
    if (!(error instanceof CompositionFailed)) throw error;
    const [first, ...rest] = error.faults;
    process.stderr.write(`The subgraphs don't compose:\n  ${[first, ...rest].join('\n  ')}\n`);
    return 1;
  }
  for (const hint of composed.hints) process.stdout.write(`hint: ${hint}\n`);
  const present = await readFile(target, 'utf8').catch(() => '');
  if (args.includes('--check')) {
    if (present === composed.supergraph) return 0;
    process.stderr.write('gateway/supergraph.graphql is out of date: run `npm run compose` and commit it\n');
    return 1;
  }
  if (present !== composed.supergraph) await writeFile(target, composed.supergraph);
  process.stdout.write('gateway/supergraph.graphql is up to date\n');
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
