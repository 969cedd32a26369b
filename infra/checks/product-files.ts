import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const folders = ['gateway', 'platform', 'subgraphs', 'web', 'prisma', 'infra/local', 'servers'];
const otherFolder = /(^|\/)(generated|tests|testing|node_modules|\.next)\//;

/** The sources of what runs, as paths from `root`: no tests, nothing generated, no tools. */
export function productFiles(root: string): string[] {
  return folders
    .flatMap((folder) => filesOf(join(root, folder)))
    .map((file) => relative(root, file))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !otherFolder.test(file));
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) return [];
    return entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)];
  });
}
