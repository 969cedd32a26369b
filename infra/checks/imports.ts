import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';
import { productFiles } from './product-files.ts';

/*
 * A room is a folder of sources, or a file that lies loose beside folders. What one room takes from another shows
 * who is built on whom, so the arrows between them have no circle: neither between packages, nor within one. A package names
 * what it imports in its own manifest.
 */

interface Manifest {
  name: string;
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** The sources by their paths, and the manifests by the folders of their packages; '' is the root. */
export interface Tree {
  files: ReadonlyMap<string, string>;
  manifests: ReadonlyMap<string, Manifest>;
}

const specifiers = /(?:\bfrom|^import|\bimport\()\s*'([^']+)'/gm;

/** Each import of a file: a path of the tree, or the name of a package and what is asked of it. */
function importsOf(source: string): string[] {
  return [...source.matchAll(specifiers)].map(([, specifier]) => specifier as string);
}

const packageOf = (specifier: string) =>
  specifier.startsWith('@') ? specifier.split('/', 2).join('/') : (specifier.split('/', 1)[0] as string);

/** The folder of the package that a file belongs to. */
function homeOf(file: string, { manifests }: Tree): string {
  for (let folder = posix.dirname(file); folder !== '.'; folder = posix.dirname(folder)) {
    if (manifests.has(folder)) return folder;
  }
  return '';
}

/** Gives the room of each file: what lies loose beside folders is a room of its own. */
function roomsOf({ files }: Tree): (file: string) => string {
  const withFolders = new Set<string>();
  for (const file of files.keys()) withFolders.add(posix.dirname(posix.dirname(file)));
  return (file) => {
    const folder = posix.dirname(file);
    return withFolders.has(folder) ? file : folder;
  };
}

/** The file that an import of a package of this tree stands for; undefined where its manifest exports no such thing. */
function exported(folder: string, { exports = {} }: Manifest, path: string): string | undefined {
  for (const [pattern, target] of Object.entries(exports)) {
    const [before = '', after] = pattern.split('*');
    if (after === undefined ? path === pattern : path.startsWith(before)) {
      return posix.join(folder, target.replace('*', path.slice(before.length)));
    }
  }
  return undefined;
}

const isExported = (folder: string, exports: Record<string, string>, file: string) =>
  Object.values(exports).some((target) => {
    const [before = '', after] = posix.join(folder, target).split('*');
    return after === undefined ? file === before : file.startsWith(before) && file.endsWith(after);
  });

/** Next has it built in. */
const ofNext = 'server-only';

/** What runs has what its package depends on; a tool, or what is bundled, has what there is for development as well. */
function mayImport(tree: Tree, file: string, name: string): boolean {
  const home = homeOf(file, tree);
  const manifest = tree.manifests.get(home);
  if (manifest?.dependencies?.[name]) return true;
  if (file.startsWith(`${home}/src/`) && manifest?.dependencies) return false;
  return [manifest, tree.manifests.get('')].some((its) => its?.devDependencies?.[name]);
}

/** One sentence for each import that its package's manifest does not allow. */
export function manifestFaults(tree: Tree): string[] {
  const byName = new Map([...tree.manifests].map(([folder, manifest]) => [manifest.name, folder]));
  const faults: string[] = [];
  for (const [file, source] of tree.files) {
    const home = homeOf(file, tree);
    const manifest = tree.manifests.get(home) as Manifest;
    for (const specifier of importsOf(source)) {
      if (specifier.startsWith('.')) {
        const target = posix.join(posix.dirname(file), specifier);
        const other = homeOf(target, tree);
        const { exports } = tree.manifests.get(other) ?? {};
        // What exports nothing is no package that others could use.
        if (other !== home && exports && !isExported(other, exports, target)) {
          faults.push(`${file} reaches into ${other} by ${specifier}, which it does not export`);
        }
        continue;
      }
      // Its own by another name, which its manifest gives by where it runs.
      if (specifier.startsWith('node:') || specifier.startsWith('#')) continue;
      const name = packageOf(specifier);
      if (builtinModules.includes(name) || name === manifest.name || name === ofNext) continue;
      if (!mayImport(tree, file, name)) {
        faults.push(`${file} imports ${name}, which is not among the dependencies of ${manifest.name}`);
      }
      const folder = byName.get(name);
      if (folder === undefined) continue;
      const target = exported(
        folder,
        tree.manifests.get(folder) as Manifest,
        `.${specifier.slice(name.length)}`,
      );
      if (!target || !tree.files.has(target))
        faults.push(`${file} imports ${specifier}, which ${name} does not export`);
    }
  }
  return faults;
}

/** One sentence for each circle of rooms, with an import for each of its arrows. */
export function circleFaults(tree: Tree): string[] {
  const byName = new Map([...tree.manifests].map(([folder, manifest]) => [manifest.name, folder]));
  /** Of each room, the rooms that it takes from, and where. */
  const arrows = new Map<string, Map<string, string>>();
  const roomOf = roomsOf(tree);
  const draw = (from: string, to: string, where: string) => {
    if (from === to) return;
    const targets = arrows.get(from) ?? new Map<string, string>();
    arrows.set(from, targets);
    if (!targets.has(to)) targets.set(to, where);
  };
  for (const [file, source] of tree.files) {
    const home = homeOf(file, tree);
    for (const specifier of importsOf(source)) {
      if (specifier.startsWith('.')) {
        const target = posix.join(posix.dirname(file), specifier);
        if (homeOf(target, tree) === home) draw(roomOf(file), roomOf(target), `${file} -> ${target}`);
        else draw(`package ${home}`, `package ${homeOf(target, tree)}`, `${file} -> ${target}`);
        continue;
      }
      const other = byName.get(packageOf(specifier));
      if (other !== undefined && other !== home)
        draw(`package ${home}`, `package ${other}`, `${file} -> ${specifier}`);
    }
  }
  return circlesOf(arrows).map((circle) => {
    const steps = circle.map((room, at) => {
      const next = circle[(at + 1) % circle.length] as string;
      return `  ${room} -> ${next} (${arrows.get(room)?.get(next)})`;
    });
    return `rooms that are built on one another:\n${steps.join('\n')}`;
  });
}

/** A circle for each group of rooms that reach one another. */
function circlesOf(arrows: ReadonlyMap<string, ReadonlyMap<string, string>>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (room: string, path: string[]) => {
    const at = path.indexOf(room);
    if (at !== -1) {
      circles.push(path.slice(at));
      return;
    }
    if (done.has(room)) return;
    for (const next of arrows.get(room)?.keys() ?? []) visit(next, [...path, room]);
    done.add(room);
  };
  for (const room of arrows.keys()) visit(room, []);
  return circles;
}

/** Reads the tree at `root`. */
export function readTree(root: string): Tree {
  const paths = productFiles(root);
  const files = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  const manifests = new Map<string, Manifest>();
  for (const path of paths) {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const key = folder === '.' ? '' : folder;
      const manifest = join(root, folder, 'package.json');
      if (!manifests.has(key) && existsSync(manifest)) {
        manifests.set(key, JSON.parse(readFileSync(manifest, 'utf8')));
      }
      if (folder === '.') break;
    }
  }
  return { files, manifests };
}

if (import.meta.main) {
  const tree = readTree(relative(process.cwd(), join(import.meta.dirname, '../..')) || '.');
  const faults = [...manifestFaults(tree), ...circleFaults(tree)];
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
