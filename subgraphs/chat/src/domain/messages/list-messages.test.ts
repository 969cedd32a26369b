import { CodedError } from '@socialhub/platform/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MessageRange, MessageRow } from '../../store/messages/messages.ts';
import { readMessageRange, toMessageConnection } from './list-messages.ts';

const reading = { viewerId: 'ada', conversationId: '01890000-0000-7000-8000-000000000001' };

/** What the store gives for a range of a conversation with messages 1 to `lastSeq`. */
function take(lastSeq: number, range: MessageRange): MessageRow[] {
  const inside = Array.from({ length: lastSeq }, (_, n) => n + 1).filter(
    (seq) => seq > range.after && seq < range.before,
  );
  const page = range.from === 'beginning' ? inside.slice(0, range.limit) : inside.slice(-range.limit);
  return page.map((seq) => ({ seq }) as MessageRow);
}

function page(lastSeq: number, args: Parameters<typeof readMessageRange>[1]) {
  const range = readMessageRange(reading, args);
  const { edges, pageInfo } = toMessageConnection(
    reading,
    { lastSeq, joinedAtSeq: 0 },
    range,
    take(lastSeq, range),
  );
  return { seqs: edges.map(({ node }) => node.seq), cursors: edges.map(({ cursor }) => cursor), ...pageInfo };
}

describe('a page of messages', () => {
  test('without arguments is the newest twenty, in order', () => {
    const { seqs, hasNextPage, hasPreviousPage } = page(50, {});
    expect([seqs[0], seqs.at(-1), seqs.length, hasNextPage, hasPreviousPage]).toEqual([
      31,
      50,
      20,
      false,
      true,
    ]);
  });

  test('of an empty conversation has nothing around it', () => {
    for (const args of [{}, { first: 5 }, { last: 5 }]) {
      expect(page(0, args)).toMatchObject({ seqs: [], hasNextPage: false, hasPreviousPage: false });
    }
  });

  test('behind the last message is empty and knows what lies before', () => {
    const { cursors } = page(3, { last: 1 });
    expect(page(3, { first: 5, after: cursors[0] })).toMatchObject({
      seqs: [],
      hasNextPage: false,
      hasPreviousPage: true,
    });
    const { cursors: oldest } = page(3, { first: 1 });
    expect(page(3, { last: 5, before: oldest[0] })).toMatchObject({
      seqs: [],
      hasNextPage: true,
      hasPreviousPage: false,
    });
  });

  test('walked in either direction shows every message once and in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 25 }), (lastSeq, size) => {
        const all = Array.from({ length: lastSeq }, (_, n) => n + 1);
        const forward: number[] = [];
        for (
          let at = page(lastSeq, { first: size });
          ;
          at = page(lastSeq, { first: size, after: at.endCursor })
        ) {
          forward.push(...at.seqs);
          if (!at.hasNextPage) break;
        }
        const backward: number[] = [];
        for (
          let at = page(lastSeq, { last: size });
          ;
          at = page(lastSeq, { last: size, before: at.startCursor })
        ) {
          backward.unshift(...at.seqs);
          if (!at.hasPreviousPage) break;
        }
        expect(forward).toEqual(all);
        expect(backward).toEqual(all);
      }),
    );
  });
});

describe('wrong arguments name themselves', () => {
  const other = readCursor({ ...reading, conversationId: '01890000-0000-7000-8000-000000000002' });
  const anothers = readCursor({ ...reading, viewerId: 'bob' });
  test.each([
    [{ first: 1, last: 1 }, 'last'],
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ last: 0 }, 'last'],
    [{ last: 101 }, 'last'],
    [{ after: 'nonsense' }, 'after'],
    [{ before: '' }, 'before'],
    [{ after: other }, 'after'],
    [{ before: other }, 'before'],
    [{ after: anothers }, 'after'],
  ])('%j', (args, field) => {
    expect(() => readMessageRange(reading, args)).toThrow(CodedError);
    expect(() => readMessageRange(reading, args)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field } }),
    );
  });
});

function readCursor(of: typeof reading): string {
  const range = readMessageRange(of, { first: 1 });
  return (
    toMessageConnection(of, { lastSeq: 1, joinedAtSeq: 0 }, range, take(1, range)).pageInfo.startCursor ?? ''
  );
}
