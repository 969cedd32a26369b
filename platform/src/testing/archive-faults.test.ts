import { expect, test } from 'vitest';
import type { ArchiveTables } from './archive-columns.ts';
import { columnFaults } from './archive-faults.ts';

const tables: ArchiveTables = {
  notes: { files: ['notes'], as: { writer_id: 'user_id' }, leftOut: { hash: 'a secret' } },
  outbox: 'on its way',
};
const columns = (more: Record<string, string[]> = {}) =>
  new Map(
    Object.entries({ notes: ['id', 'writer_id', 'made_at', 'hash'], outbox: ['payload'], ...more }).map(
      ([table, names]) => [table, new Set(names)],
    ),
  );
const row = { id: 1, userId: 2, madeAt: null };

test.each([
  ['that is as it should be', columns(), { notes: [row] }, []],
  [
    'with a table that nobody thought of',
    columns({ drafts: ['text'] }),
    { notes: [row] },
    ['drafts is neither exported nor named as left out'],
  ],
  [
    'with a column that nobody thought of',
    columns({ notes: ['id', 'writer_id', 'made_at', 'hash', 'mood'] }),
    { notes: [row] },
    ['notes.mood is neither shown in notes nor named as left out'],
  ],
  [
    'of which a file shows what it should not',
    columns(),
    { notes: [{ ...row, hash: 'x' }] },
    ['notes.hash is shown in notes, and named as left out'],
  ],
  [
    'that has lost a column of the list',
    columns({ notes: ['id', 'made_at'] }),
    { notes: [row] },
    ['notes.hash is listed, and is no column', 'notes.writer_id is listed, and is no column'],
  ],
  ['with an empty file', columns(), { notes: [] }, ['notes has no row to look at']],
  ['without a file', columns(), {}, ['notes has no row to look at']],
])('names the faults of a database %s', (_what, present, files, faults) => {
  expect(columnFaults(present, tables, files)).toEqual(faults);
});

const shared: ArchiveTables = {
  links: {
    files: ['given', 'taken'],
    leftOut: {},
    leftOutOf: { taken: { mood: 'the giver’s own' } },
  },
};
const links = new Map([['links', new Set(['id', 'mood'])]]);

test.each([
  ['as it should', links, { given: [{ id: 1, mood: 'x' }], taken: [{ id: 2 }] }, []],
  [
    'what is not for it',
    links,
    { given: [{ id: 1, mood: 'x' }], taken: [{ id: 2, mood: 'x' }] },
    ['links.mood is shown in taken, and named as left out'],
  ],
  [
    'less than the other file',
    links,
    { given: [{ id: 1 }], taken: [{ id: 2 }] },
    ['links.mood is neither shown in given nor named as left out'],
  ],
  [
    'a column that is gone',
    new Map([['links', new Set(['id'])]]),
    { given: [{ id: 1 }], taken: [{ id: 2 }] },
    ['links.mood is listed, and is no column'],
  ],
])('holds each of two files of a table to what it may show: %s', (_what, present, files, faults) => {
  expect(columnFaults(present, shared, files)).toEqual(faults);
});

test('names a file of the list that is not one of the table', () => {
  const wrong: ArchiveTables = {
    notes: { files: ['notes'], leftOut: {}, leftOutOf: { other: { id: 'for nobody' } } },
  };
  expect(columnFaults(new Map([['notes', new Set(['id'])]]), wrong, { notes: [{ id: 1 }] })).toEqual([
    'notes is listed with other, which is no file of it',
  ]);
});

test('names a table of the list that is not there', () => {
  const present = columns();
  present.delete('outbox');
  expect(columnFaults(present, tables, { notes: [row] })).toEqual(['outbox is listed, and is no table']);
});
