import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shapeFaults } from './shape.ts';

const subgraphs = join(import.meta.dirname, '../../subgraphs');

it.each(serviceNames)('the %s subgraph has the shape of the others', (name) => {
  expect(shapeFaults(join(subgraphs, name))).toEqual([]);
});

describe('a subgraph that departs from the shape', () => {
  let copy: string;
  beforeAll(async () => {
    copy = join(await mkdtemp(join(tmpdir(), 'shape-')), 'user');
    await cp(join(subgraphs, 'user'), copy, {
      recursive: true,
      filter: (path) => !/node_modules|generated/.test(path),
    });
    await rename(join(copy, 'src/context.ts'), join(copy, 'src/helpers.ts'));
    await writeFile(join(copy, 'src/resolvers/Nobody.ts'), '');
    await writeFile(join(copy, 'src/domain/camelCase.ts'), '');
  });
  afterAll(() => rm(join(copy, '..'), { recursive: true, force: true }));

  it('is named, with each departure', () => {
    expect(shapeFaults(copy)).toEqual([
      'user: src/context.ts is missing',
      'user: src/helpers.ts has no place in the shape',
      'user: src/resolvers/Nobody.ts is named after no type of schema.graphql',
      'user: src/domain/camelCase.ts is not kebab-case',
    ]);
  });
});
