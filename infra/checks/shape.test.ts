import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shapeFaults } from './shape.ts';

const subgraphs = join(import.meta.dirname, '../../subgraphs');

it.each(serviceNames)('the %s subgraph has the shape of the others', (name) => {
  expect(shapeFaults(join(subgraphs, name))).toEqual([]);
});

describe('a subgraph that departs from the shape', () => {
  let copy: string;
  beforeAll(async () => {
    copy = join(await mkdtemp(join(tmpdir(), 'shape-')), 'notification');
    await cp(join(subgraphs, 'notification'), copy, {
      recursive: true,
      filter: (path) => !/node_modules|generated/.test(path),
    });
    await rename(join(copy, 'src/context.ts'), join(copy, 'src/helpers.ts'));
    await writeFile(join(copy, 'src/resolvers/Nobody.ts'), '');
    await writeFile(join(copy, 'src/domain/camelCase.ts'), '');
    await rename(join(copy, 'src/domain/mark-notifications-read.ts'), join(copy, 'src/domain/reads.ts'));
  });
  afterAll(() => rm(join(copy, '..'), { recursive: true, force: true }));

  it('is named, with each departure', () => {
    expect(shapeFaults(copy)).toEqual([
      'notification: src/context.ts is missing',
      'notification: src/helpers.ts has no place in the shape',
      'notification: src/resolvers/Nobody.ts is named after no type of schema.graphql',
      'notification: src/domain/camelCase.ts is not kebab-case',
      'notification: src/domain/ has no mark-notifications-read.ts for the mutation markNotificationsRead',
    ]);
  });
});

describe('the folders of features', () => {
  let copies: string;
  beforeEach(async () => {
    copies = await mkdtemp(join(tmpdir(), 'shape-'));
  });
  afterEach(() => rm(copies, { recursive: true, force: true }));

  it.each([
    [
      'notification',
      'src/domain/lists/find-list.ts',
      'src/domain/lists/ is a folder in a service of n domain files',
    ],
    ['auth', 'src/domain/find-account.ts', "src/domain/find-account.ts lies beside the features' folders"],
    ['auth', 'src/store/find-account.ts', "src/store/find-account.ts lies beside the features' folders"],
    ['auth', 'src/domain/shared/find-account.ts', 'src/domain/shared/ names no feature'],
    ['auth', 'src/domain/twoFactor/find-account.ts', 'src/domain/twoFactor/ names no feature'],
    ['auth', 'src/domain/mail/find_account.ts', 'src/domain/mail/find_account.ts is not kebab-case'],
    ['auth', 'src/domain/mail/smtp/send.ts', 'src/domain/mail/smtp/send.ts is more than one level deep'],
    ['auth', 'src/store/letters/letters.ts', 'src/store/letters/ is no feature of src/domain'],
    ['auth', 'src/tasks/purge-all/purge.ts', 'src/tasks/purge-all is not a file in kebab-case'],
  ])('of %s have no place for %s', async (service, file, fault) => {
    const copy = join(copies, service);
    await cp(join(subgraphs, service), copy, {
      recursive: true,
      filter: (path) => !/node_modules|generated/.test(path),
    });
    await mkdir(join(copy, file, '..'), { recursive: true });
    await writeFile(join(copy, file), '');
    const found = shapeFaults(copy).map((text) => text.replace(/of \d+ domain files/, 'of n domain files'));
    expect(found).toEqual([`${service}: ${fault}`]);
  });
});

describe('a transaction that is opened', () => {
  let copy: string;
  beforeEach(async () => {
    copy = join(await mkdtemp(join(tmpdir(), 'shape-')), 'notification');
    await cp(join(subgraphs, 'notification'), copy, {
      recursive: true,
      filter: (path) => !/node_modules|generated/.test(path),
    });
  });
  afterEach(() => rm(join(copy, '..'), { recursive: true, force: true }));

  it.each([
    ['src/domain/find-it.ts', 'await db.transaction((tx) => work(tx));', true],
    ['src/store/its.ts', 'await prisma.$transaction([one, two]);', true],
    ['src/domain/find-it.ts', 'const { log, transaction } = db;', true],
    ['src/domain/find-it.ts', '// Runs in a transaction of its own.', false],
    ['src/tasks/find-it.ts', 'await db.transaction((tx) => work(tx));', false],
  ])('in %s by %s: %s', async (file, line, isFault) => {
    await mkdir(join(copy, file, '..'), { recursive: true });
    await writeFile(join(copy, file), line);
    const fault = `notification: ${file} opens a transaction: resolvers, consumers and tasks do, and give it on`;
    expect(shapeFaults(copy)).toEqual(isFault ? [fault] : []);
  });
});
