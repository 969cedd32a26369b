import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

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
  'operate.ts',
  'generated',
]);
const maxMainLines = 15;

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
  for (const room of ['domain', 'store']) {
    for (const entry of list(join(folder, 'src', room))) {
      if (!/^[a-z0-9-]+(\.test)?(\.ts)?$/.test(entry)) fault(`src/${room}/${entry} is not kebab-case`);
    }
  }
  return faults;
}

const list = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

if (import.meta.main) {
  const subgraphs = join(import.meta.dirname, '../../subgraphs');
  const faults = readdirSync(subgraphs).flatMap((name) => shapeFaults(join(subgraphs, name)));
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
