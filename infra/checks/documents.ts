import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/*
 * What documents point to is there: links, files that they name, a page for each package, and the index of the decisions,
 * which `node infra/checks/documents.ts --write` renews.
 */
const decisions = 'docs/decisions';
const index = `${decisions}/README.md`;

export interface Decision {
  file: string;
  title: string;
  /** Current, or what has taken its place or changed it. */
  status: string;
}

/** A decision's first line is its number and title; a line `Status: …` under it says what has become of it. */
export function readDecision(file: string, text: string): Decision {
  const title = /^# (?:\d{4}: )(.+)$/m.exec(text)?.[1];
  if (!title || !text.startsWith(`# ${file.slice(0, 4)}: `))
    throw new Error(`${decisions}/${file} does not begin with "# ${file.slice(0, 4)}: " and its title`);
  return { file, title, status: /^Status: (.+)$/m.exec(text)?.[1] ?? 'current' };
}

export function indexOf(all: readonly Decision[]): string {
  const rows = all.map(
    ({ file, title, status }) =>
      `- [${file.slice(0, 4)}](${file}): ${title}${status === 'current' ? '' : ` (${status})`}`,
  );
  return [
    '# Decisions',
    '',
    'What was chosen where a reader would ask, and why: context, decision, consequence. A decision that a later one changes',
    'says so in a line `Status: …` under its title.',
    '',
    ...rows,
    '',
  ].join('\n');
}

/** One sentence for each link and each named file of a document that is not there. */
export function linkFaults(document: string, text: string, exists: (path: string) => boolean): string[] {
  const folder = posix.dirname(document);
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  const links = [...prose.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, link]) => link as string)
    // What begins so is an address: of another site, or of the web's pages.
    .filter((link) => !/^(?:[a-z]+:|\/)/.test(link))
    .map((link) => posix.join(folder, link));
  // Whole paths only: a file that is named alone stands for any of its kind.
  const named = [
    ...prose.matchAll(
      /`((?:gateway|platform|subgraphs|web|prisma|infra|bench|tests)\/(?!node_modules)[\w./-]+)`/g,
    ),
  ].map(([, path]) => path as string);
  return [...new Set([...links, ...named])]
    .filter((path) => !exists(path))
    .map((path) => `${document} names ${path}, which is not there`);
}

function documentsIn(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory())
      return /^(node_modules|\..*|generated)$/.test(entry.name) ? [] : documentsIn(root, path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const all = readdirSync(join(root, decisions))
    .filter((file) => /^\d{4}-.*\.md$/.test(file))
    .sort()
    .map((file) => readDecision(file, read(`${decisions}/${file}`)));
  if (process.argv.includes('--write')) writeFileSync(join(root, index), indexOf(all));
  const faults = documentsIn(root)
    // What was true of earlier releases stays written there.
    .filter((document) => document !== 'CHANGELOG.md')
    .flatMap((document) => linkFaults(document, read(document), (path) => existsSync(join(root, path))));
  if (!existsSync(join(root, index)) || read(index) !== indexOf(all))
    faults.push(`${index} is not up to date: run node infra/checks/documents.ts --write`);
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
  for (const workspace of workspaces.filter((workspace) => !workspace.includes('*'))) {
    if (!existsSync(join(root, workspace, 'README.md'))) faults.push(`${workspace}/README.md is missing`);
  }
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
