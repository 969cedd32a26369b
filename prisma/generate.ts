import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import { runCommand, say } from './command.ts';
import { parseServices, root, schemaPath } from './services.ts';

/** `npm run generate [-- service...]`: the Prisma client and the resolver types of each service. */

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** What is generated from what. A part whose inputs have not changed since its stamp was written is skipped. */
interface Part {
  what: string;
  stamp: string;
  schema: string;
  inputs: string[];
  packages: string[];
  make: () => Promise<void>;
}

function partsOf(service: ServiceName): Part[] {
  const subgraph = join(root, 'subgraphs', service);
  const generated = join(subgraph, 'src/generated');
  const sdl = join(subgraph, 'schema.graphql');
  const mappers = join(subgraph, 'codegen.json');
  return [
    {
      what: `${service}: Prisma client`,
      stamp: join(generated, 'prisma.stamp'),
      schema: schemaPath(service),
      inputs: [schemaPath(service)],
      packages: ['prisma'],
      make: () => generateClient(schemaPath(service), join(generated, 'prisma')),
    },
    {
      what: `${service}: resolver types`,
      stamp: join(generated, 'resolvers.stamp'),
      schema: sdl,
      inputs: [sdl, mappers],
      packages: [
        '@graphql-codegen/core',
        '@graphql-codegen/typescript',
        '@graphql-codegen/typescript-resolvers',
      ],
      make: () => generateResolvers(sdl, mappers, join(generated, 'resolvers.ts')),
    },
  ];
}

/** The CLI wants a schema engine, which it would download, though generating never starts it: any binary will do. */
async function generateClient(schema: string, output: string): Promise<void> {
  await rm(output, { recursive: true, force: true });
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const cli = require.resolve('prisma/build/index.js');
  try {
    await run(process.execPath, [cli, 'generate', '--no-hints', '--schema', schema], {
      cwd: root,
      env,
      timeout: 120_000,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`prisma generate failed for ${schema}:\n${stdout}${stderr}`.trimEnd(), { cause: error });
  }
  if (!existsSync(join(output, 'client.ts'))) {
    throw new Error(`${schema}: the generator's output must be ${output} (see another service's schema).`);
  }
}

async function generateResolvers(sdl: string, mappersFile: string, output: string): Promise<void> {
  const { mappers = {} } = existsSync(mappersFile)
    ? (JSON.parse(await readFile(mappersFile, 'utf8')) as { mappers?: Record<string, string> })
    : {};
  // Loaded only here, so that finding nothing to do stays quick.
  const [{ codegen }, { parse }, typescript, resolvers] = await Promise.all([
    import('@graphql-codegen/core'),
    import('graphql'),
    import('@graphql-codegen/typescript'),
    import('@graphql-codegen/typescript-resolvers'),
  ]);
  const content = await codegen({
    filename: output,
    schema: parse(await readFile(sdl, 'utf8')),
    documents: [],
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
    config: {
      federation: true,
      contextType: '../context.ts#Context',
      mappers,
      scalars: { ID: 'string', DateTime: 'Date', URL: 'string' },
      defaultScalarType: 'unknown',
      enumsAsTypes: true,
      importExtension: '.ts',
      useIndexSignature: false,
      useTypeImports: true,
    },
  });
  await writeFile(output, content);
}

async function fingerprint(part: Part): Promise<string> {
  const hash = createHash('sha256').update(await readFile(import.meta.filename));
  for (const input of part.inputs) hash.update(existsSync(input) ? await readFile(input) : '-').update('\0');
  for (const name of part.packages) hash.update(require(`${name}/package.json`).version).update('\0');
  return hash.digest('hex');
}

async function bring(part: Part): Promise<void> {
  if (!existsSync(part.schema)) return say(`${part.what}: no schema yet`);
  const print = await fingerprint(part);
  if (existsSync(part.stamp) && (await readFile(part.stamp, 'utf8')) === print) return;
  await mkdir(join(part.stamp, '..'), { recursive: true });
  await rm(part.stamp, { force: true });
  await part.make();
  await writeFile(part.stamp, print);
  say(`${part.what}: generated`);
}

/** Brings the generated code of the given services up to date. Throws when a schema is wrong. */
export async function generate(services: readonly ServiceName[] = serviceNames): Promise<void> {
  const parts = services.flatMap(partsOf);
  // Two at a time: each Prisma run is a process of its own that fills a core.
  await Promise.all([drain(parts), drain(parts)]);
}

async function drain(parts: Part[]): Promise<void> {
  for (let part = parts.shift(); part; part = parts.shift()) await bring(part);
}

if (import.meta.main) await runCommand(async () => generate(parseServices(process.argv.slice(2))));
