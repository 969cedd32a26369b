import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cursorCodec, pageRequest, timeAndId, toConnection } from '../src/database/pagination.ts';
import { distinctIds } from '../src/distinct-ids.ts';
import { isFresh, isUuid, uuidTime, uuidv7 } from '../src/ids.ts';
import { DateTime } from '../src/subgraph/scalars.ts';

const refusal = (code: string, field: string) => expect.objectContaining({ extensions: { code, field } });

describe('ids', () => {
  it('are UUIDs of version 7 that sort by their time', () => {
    const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map(uuidv7);
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.every(isUuid)).toBe(true);
    expect(uuidTime(ids[0] ?? '')).toBe(1_700_000_000_000);
    expect(new Set(Array.from({ length: 1_000 }, () => uuidv7(5))).size).toBe(1_000);
  });

  it('are fresh for ten seconds, either way of a clock’s error', () => {
    const id = uuidv7(100_000);
    expect([100_000, 109_999, 90_001, 110_000, 90_000].map((now) => isFresh(id, now))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('of a list are taken once each, and no more than may be', () => {
    const id = uuidv7();
    expect(distinctIds('ids', [id, id], 2)).toEqual([id]);
    expect(() => distinctIds('ids', [id, id, id], 2)).toThrow(refusal('BAD_USER_INPUT', 'ids'));
  });
});

describe('DateTime', () => {
  it('leaves in UTC with milliseconds and comes in as RFC 3339 alone', () => {
    expect(DateTime.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
    expect(DateTime.parseValue('2026-01-02T03:04:05+02:00')).toEqual(new Date('2026-01-02T01:04:05Z'));
    for (const wrong of ['2026-01-02', 'yesterday', 0, '2026-13-01T00:00:00Z', null]) {
      expect(() => DateTime.parseValue(wrong)).toThrow('RFC 3339');
    }
  });
});

describe('a page', () => {
  const ofAda = { viewerId: 'ada', of: { unreadOnly: true } };
  const codec = cursorCodec('posts', timeAndId, ofAda);
  const key = [new Date(1_000), uuidv7()] as [Date, string];

  it('is asked for with the cursor that an earlier one gave', () => {
    const page = pageRequest({ first: 2, after: codec.encode(key) }, codec);
    expect(page).toEqual({ first: 2, limit: 3, after: key });
    expect(pageRequest({}, codec)).toEqual({ first: 20, limit: 21, after: null });
  });

  it('says whether there is more, by the row that was fetched in excess', () => {
    const keyOf = (row: [Date, string]) => row;
    const full = toConnection([key, key, key], pageRequest({ first: 2 }, codec), keyOf, codec);
    expect(full.edges).toHaveLength(2);
    expect(full.pageInfo).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
      endCursor: codec.encode(key),
    });
    const empty = toConnection([], pageRequest({ after: codec.encode(key) }, codec), keyOf, codec);
    expect(empty.pageInfo).toEqual({
      startCursor: null,
      endCursor: null,
      hasNextPage: false,
      hasPreviousPage: true,
    });
  });

  it.each([
    ['of another list', () => cursorCodec('comments', timeAndId, ofAda).encode(key)],
    ['of another viewer', () => cursorCodec('posts', timeAndId, { ...ofAda, viewerId: 'bob' }).encode(key)],
    ['of nobody', () => cursorCodec('posts', timeAndId, { ...ofAda, viewerId: null }).encode(key)],
    [
      'of other arguments',
      () => cursorCodec('posts', timeAndId, { ...ofAda, of: { unreadOnly: false } }).encode(key),
    ],
    ['of no arguments', () => cursorCodec('posts', timeAndId, { viewerId: 'ada' }).encode(key)],
    [
      'whose parts run together to the same',
      () => cursorCodec('posts","ada', timeAndId, { viewerId: null, of: ofAda.of }).encode(key),
    ],
    ['of another shape', () => cursorCodec('posts', z.tuple([z.number()]), ofAda).encode([1])],
    ['that is none', () => 'nonsense'],
    ['without end', () => codec.encode(key) + 'A'.repeat(1_000)],
    ['that is empty', () => ''],
  ])('refuses a cursor %s', (_what, cursor) => {
    expect(() => pageRequest({ after: cursor() }, codec)).toThrow(refusal('BAD_USER_INPUT', 'after'));
  });

  it.each([0, -1, 101])('refuses first: %s', (first) => {
    expect(() => pageRequest({ first }, codec)).toThrow(refusal('BAD_USER_INPUT', 'first'));
  });
});
