import { expect, test } from 'vitest';
import { circleFaults, manifestFaults, type Tree } from './imports.ts';

function tree(files: Record<string, string>, manifests: Record<string, object> = {}): Tree {
  const named = { '': { name: 'root' }, a: { name: '@x/a', dependencies: {} }, ...manifests };
  return {
    files: new Map(Object.entries(files)),
    manifests: new Map(Object.entries(named)) as Tree['manifests'],
  };
}

const b = { name: '@x/b', exports: { '.': './src/index.ts', './*': './src/*.ts' }, dependencies: {} };
const aOnB = { name: '@x/a', dependencies: { '@x/b': '1.0.0' } };

test('rooms that take from each other are told with an import for each arrow', () => {
  const faults = circleFaults(
    tree({
      'a/src/one/first.ts': "import { second } from '../two/second.ts';",
      'a/src/two/second.ts': "import type { Third } from '../three/third.ts';",
      'a/src/three/third.ts': "export type Third = import('../one/first.ts').First;",
    }),
  );
  expect(faults).toEqual([
    [
      'rooms that are built on one another:',
      '  a/src/one -> a/src/two (a/src/one/first.ts -> a/src/two/second.ts)',
      '  a/src/two -> a/src/three (a/src/two/second.ts -> a/src/three/third.ts)',
      '  a/src/three -> a/src/one (a/src/three/third.ts -> a/src/one/first.ts)',
    ].join('\n'),
  ]);
});

test('files of one room may take from each other, and those at the top are rooms of their own', () => {
  const files = {
    'a/src/service.ts': "import './one/first.ts';",
    'a/src/one/first.ts': "import './second.ts';\nimport '../context.ts';",
    'a/src/one/second.ts': "import type {} from './first.ts';",
    'a/src/context.ts': '',
  };
  expect(circleFaults(tree(files))).toEqual([]);
  expect(circleFaults(tree({ ...files, 'a/src/context.ts': "import './one/second.ts';" }))).toHaveLength(1);
});

test('packages that take from each other are a circle', () => {
  const files = { 'a/src/one.ts': "import '@x/b';", 'b/src/index.ts': "export {} from '@x/a';" };
  expect(circleFaults(tree(files, { a: aOnB, b }))[0]).toContain('package a -> package b');
});

test.each([
  ["import zod from 'zod';", 'a/src/one.ts imports zod, which is not among the dependencies of @x/a'],
  ["export * from '@y/c/d';", 'a/src/one.ts imports @y/c, which is not among the dependencies of @x/a'],
  ["await import('@x/b/missing');", 'a/src/one.ts imports @x/b/missing, which @x/b does not export'],
  ["import '@x/b/index';", undefined],
  ["import fs from 'node:fs';", undefined],
])('%s', (source, fault) => {
  const files = { 'a/src/one.ts': source, 'b/src/index.ts': '' };
  expect(manifestFaults(tree(files, { a: aOnB, b }))).toEqual(fault ? [fault] : []);
});

test('a tool outside src may have what there is for development', () => {
  const manifests = { '': { name: 'root', devDependencies: { esbuild: '1.0.0' } } };
  const source = "import 'esbuild';";
  expect(manifestFaults(tree({ 'a/build.ts': source }, manifests))).toEqual([]);
  expect(manifestFaults(tree({ 'a/src/build.ts': source }, manifests))).toHaveLength(1);
});

test('a path out of a package leads to what another package exports, not into its inside', () => {
  const files = { 'a/src/one.ts': "import '../../b/src/index.ts';", 'b/src/index.ts': '' };
  const inside = { ...b, exports: { '.': './src/service.ts' } };
  expect(manifestFaults(tree(files, { b: inside }))).toEqual([
    'a/src/one.ts reaches into b by ../../b/src/index.ts, which it does not export',
  ]);
  const exportsNothing = { name: '@x/b', dependencies: {} };
  for (const open of [b, exportsNothing]) expect(manifestFaults(tree(files, { b: open }))).toEqual([]);
});
