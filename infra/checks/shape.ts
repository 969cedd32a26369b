import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';

/** What every subgraph has, in the same place (ARCHITECTURE.md). */
const requiredFiles = [
  'schema.graphql',
  'package.json',
  'codegen.json',
  'src/main.ts',
  'src/service.ts',
  'src/config.ts',
  'src/context.ts',
  'src/resolvers/index.ts',
  'src/resolvers/Query.ts',
  'src/resolvers/Mutation.ts',
  'src/store/client.ts',
];
const requiredFolders = ['src/domain', 'src/store', 'src/resolvers', 'tests'];
const allowedInSrc = new Set([
  'main.ts',
  'service.ts',
  'config.ts',
  'context.ts',
  'resolvers',
  'domain',
  'store',
  'consumers',
  'tasks',
  'operator-commands.ts',
  'generated',
]);
const maxMainLines = 15;

/** A service whose domain/ has more files than these (some twenty use cases and what they stand on) has a folder for each feature. */
const maxFlatFiles = 24;
/** What stays beside the folders: it is about all features at once, and has the same place in every service. */
const besideFolders: Record<string, ReadonlySet<string>> = {
  domain: new Set(['erase-account.ts', 'export-data.ts']),
  store: new Set(['client.ts', 'erase.ts', 'export.ts', 'loaders.ts']),
};
/** Prisma's way and the platform's. */
const opensTransaction = /\$transaction\b|\.transaction\b|\btransaction\b[^;{}]*\} = /;
/** Names that say nothing of what is inside. */
const drawers = new Set([
  'common',
  'core',
  'helpers',
  'lib',
  'misc',
  'other',
  'shared',
  'tools',
  'util',
  'utils',
]);

/** Gives one sentence for each way in which the subgraph at `folder` departs from the common shape; none when it fits. */
export function shapeFaults(folder: string): string[] {
  const name = basename(folder);
  const faults: string[] = [];
  const fault = (text: string) => faults.push(`${name}: ${text}`);
  for (const file of requiredFiles) if (!existsSync(join(folder, file))) fault(`${file} is missing`);
  for (const file of requiredFolders) if (!existsSync(join(folder, file))) fault(`${file}/ is missing`);
  for (const entry of list(join(folder, 'src'))) {
    if (!allowedInSrc.has(entry)) fault(`src/${entry} has no place in the shape`);
  }
  const lines = read(join(folder, 'src/main.ts')).trimEnd().split('\n').length;
  if (lines > maxMainLines) fault(`src/main.ts has ${lines} lines, more than ${maxMainLines}`);

  const schema = read(join(folder, 'schema.graphql'));
  for (const entry of list(join(folder, 'src/resolvers')).filter((entry) => /^[A-Z].*\.ts$/.test(entry))) {
    const type = entry.replace(/\.ts$/, '');
    if (!new RegExp(`\\b(type|interface|union|scalar) ${type}\\b`).test(schema)) {
      fault(`src/resolvers/${entry} is named after no type of schema.graphql`);
    }
  }
  for (const entry of list(join(folder, 'src/consumers'))) {
    if (!/^on-[a-z0-9-]+\.ts$/.test(entry)) fault(`src/consumers/${entry} is not named on-<event>.ts`);
  }
  for (const entry of list(join(folder, 'src/tasks'))) {
    if (!isKebabFile(entry)) fault(`src/tasks/${entry} is not a file in kebab-case`);
  }
  faults.push(
    ...[...featureFaults(folder), ...mutationFaults(folder, schema)].map((text) => `${name}: ${text}`),
  );
  return faults;
}

/** What is wrong with domain/ and store/: flat in a small service, a folder for each feature in a large one, one level deep. */
function featureFaults(folder: string): string[] {
  const faults: string[] = [];
  const [features, storeFeatures] = ['domain', 'store'].map((room) => foldersIn(join(folder, 'src', room)));
  const files = filesIn(join(folder, 'src/domain')).filter((file) => !file.endsWith('.test.ts'));
  const isLarge = files.length > maxFlatFiles;
  for (const [room, beside] of Object.entries(besideFolders)) {
    const path = join(folder, 'src', room);
    for (const file of filesIn(path)) {
      const entry = file.slice(file.lastIndexOf('/') + 1);
      if (!isKebabFile(entry)) faults.push(`src/${room}/${file} is not kebab-case`);
      if (opensTransaction.test(codeOf(read(join(path, file))))) {
        faults.push(
          `src/${room}/${file} opens a transaction: resolvers, consumers and tasks do, and give it on`,
        );
      }
      if (file.split('/').length > 2) faults.push(`src/${room}/${file} is more than one level deep`);
      if (isLarge && entry === file && !beside.has(file)) {
        faults.push(`src/${room}/${file} lies beside the features' folders`);
      }
    }
    for (const feature of foldersIn(path)) {
      if (!isLarge)
        faults.push(`src/${room}/${feature}/ is a folder in a service of ${files.length} domain files`);
      else if (!isKebab(feature) || drawers.has(feature))
        faults.push(`src/${room}/${feature}/ names no feature`);
    }
  }
  for (const feature of storeFeatures ?? []) {
    if (isLarge && !features?.includes(feature))
      faults.push(`src/store/${feature}/ is no feature of src/domain`);
  }
  return faults;
}

/** Mutations whose use case is in no file of its name: whoever looks for one has nothing but the schema to begin with. */
function mutationFaults(folder: string, schema: string): string[] {
  const mutation = parse(schema).definitions.find(
    (node): node is ObjectTypeDefinitionNode =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'Mutation',
  );
  const files = new Set(filesIn(join(folder, 'src/domain')).map((file) => basename(file)));
  return (mutation?.fields ?? [])
    .map(({ name: { value } }) => ({ value, file: `${kebabCase(value)}.ts` }))
    .filter(({ file }) => !files.has(file))
    .map(({ value, file }) => `src/domain/ has no ${file} for the mutation ${value}`);
}

const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Without its comments. */
const codeOf = (source: string) => source.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');

const isKebab = (name: string) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
const isKebabFile = (name: string) => isKebab(name.replace(/(\.test)?\.ts$/, '')) && name.endsWith('.ts');

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .sort()
    : [];

const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))
    : [];

const list = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

if (import.meta.main) {
  const subgraphs = join(import.meta.dirname, '../../subgraphs');
  const faults = readdirSync(subgraphs).flatMap((name) => shapeFaults(join(subgraphs, name)));
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
