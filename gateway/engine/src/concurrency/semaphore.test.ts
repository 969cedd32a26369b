import { expect, test } from 'vitest';
import { createSemaphore, type SemaphoreFull, type Waiter } from './semaphore.ts';

interface Named extends Waiter {
  name: string;
}

/** A semaphore and what became of those who came, by name: `share` and a number. */
function semaphore(
  width: number,
  queue: number,
  widthOfShare = width,
  queueOfShare = queue,
  ofCrowd: { widthOfCrowd?: number; queueOfCrowd?: number } = {},
) {
  const made = createSemaphore({ width, queue, widthOfShare, queueOfShare, ...ofCrowd });
  const log: string[] = [];
  const come = (name: string): Named => {
    const waiter: Named = {
      name,
      share: name.startsWith('-') ? undefined : name.slice(0, 1),
      isOfCrowd: /^[p-z]/.test(name),
      entered: () => log.push(`${name} in`),
      refused: ({ isOwn }: SemaphoreFull) => log.push(`${name} refused${isOwn ? '' : ', as all are'}`),
    };
    log.push(`${name} ${made.enter(waiter) ? 'in' : 'waits'}`);
    return waiter;
  };
  return { made, log, come };
}

test('shares take turns, however many of the one came first', () => {
  const { made, log, come } = semaphore(1, 10);
  const inside = [come('a1'), come('a2'), come('a3'), come('b1'), come('c1')][0] as Named;
  log.length = 0;
  const others = new Map<string, Named>();
  for (let left: Named | undefined = inside, i = 0; left && i < 4; i += 1) {
    made.leave(left);
    left = others.get(log.at(-1) ?? '') ?? { ...inside, share: (log.at(-1) ?? '').slice(0, 1) };
  }
  expect(log).toEqual(['a2 in', 'b1 in', 'c1 in', 'a3 in']);
});

test('of those that have a rank, the least goes in first, and of one share whoever came first', () => {
  const { made, log, come } = semaphore(1, 10);
  const inside = come('a1');
  const ranks: Record<string, number> = { a2: 1, a3: 0, b1: 3, c1: 2 };
  for (const [name, rank] of Object.entries(ranks)) {
    const waiter: Waiter = {
      share: name.slice(0, 1),
      rank: () => rank,
      entered: () => {
        log.push(name);
        made.leave(waiter);
      },
      refused() {},
    };
    made.enter(waiter);
  }
  made.leave(inside);
  expect(log.slice(1)).toEqual(['a2', 'a3', 'c1', 'b1']);
});

test('one share has so much of the room and no more, though the rest lies idle', () => {
  const { made, log, come } = semaphore(4, 10, 2);
  const [first] = [come('a1'), come('a2'), come('a3'), come('b1')];
  expect(log).toEqual(['a1 in', 'a2 in', 'a3 waits', 'b1 in']);
  made.leave(first as Named);
  expect(log.at(-1)).toBe('a3 in');
  expect([made.inside, made.waiting]).toEqual([3, 0]);
});

test('a crowd leaves room inside and in the line, however many shares it has', () => {
  const { made, log, come } = semaphore(4, 5, 4, 5, { widthOfCrowd: 3, queueOfCrowd: 3 });
  const [first] = ['p1', 'q1', 'r1', 's1', 't1', 'u1'].map(come);
  expect(log.slice(3)).toEqual(['s1 waits', 't1 waits', 'u1 waits']);
  expect(() => come('v1')).toThrow('3 wait already');
  for (const name of ['a1', 'b1', 'c1']) come(name);
  expect(log.slice(6)).toEqual(['a1 in', 'b1 waits', 'c1 waits']);
  // A place of the crowd's that becomes free may be anybody's, by turns.
  made.leave(first as Named);
  expect(log.at(-1)).toBe('s1 in');
  expect([made.inside, made.waiting]).toEqual([4, 4]);
});

test('of a crowd that fills its line, whoever has most waiting gives way to whoever of it has less', () => {
  const { log, come } = semaphore(1, 9, 1, 9, { widthOfCrowd: 1, queueOfCrowd: 3 });
  for (const name of ['p1', 'p2', 'p3', 'p4', 'a1', 'a2', 'a3', 'a4', 'a5']) come(name);
  come('q1');
  expect(log.slice(-2)).toEqual(['p2 refused', 'q1 waits']);
});

test('so many of one share wait', () => {
  const { come } = semaphore(1, 10, 1, 2);
  for (const name of ['a1', 'a2', 'a3']) come(name);
  expect(() => come('a4')).toThrow(
    expect.objectContaining({ message: '2 of one share wait already', isOwn: true }),
  );
  come('b1');
});

test('when all places to wait are taken, whoever has most of them gives one up to whoever has less', () => {
  const { made, log, come } = semaphore(1, 4);
  for (const name of ['a1', 'a2', 'a3', 'a4', 'b1']) come(name);
  come('c1');
  expect(log.slice(-2)).toEqual(['a2 refused', 'c1 waits']);
  expect(() => come('a5')).toThrow(expect.objectContaining({ message: '4 wait already', isOwn: false }));
  expect(made.waiting).toBe(4);
});

test('those who are nobody in particular have all of it', () => {
  const { log, come } = semaphore(3, 10, 1, 1);
  for (const name of ['-1', '-2', '-3', '-4', '-5']) come(name);
  expect(log).toEqual(['-1 in', '-2 in', '-3 in', '-4 waits', '-5 waits']);
});

test('who waits for their own is told from who waits for everybody', () => {
  const { made, come } = semaphore(2, 10, 1);
  const [, own, , other] = ['a1', 'a2', 'b1', 'c1'].map(come);
  expect([own, other].map((waiter) => made.waitsForOwn(waiter as Named))).toEqual([true, false]);
  expect(made.waitsForOwn({ share: undefined, entered() {}, refused() {} })).toBe(false);
});
