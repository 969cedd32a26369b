import { expect, it } from 'vitest';
import * as z from 'zod';
import { defineEvent, upcasting } from '../../src/contracts/contract.ts';
import { UnprocessableEvent } from '../../src/events/broker.ts';
import { consumer } from '../../src/events/consumer.ts';
import { createEvent } from '../../src/events/envelope.ts';

const First = defineEvent({
  name: 'cup_filled',
  version: 1,
  producer: 'user',
  data: z.object({ cupId: z.string(), litres: z.number() }),
  aggregate: (data) => data.cupId,
});
const Second = defineEvent({
  name: 'cup_filled',
  version: 2,
  producer: 'user',
  data: z.object({ cupId: z.string(), millilitres: z.int() }),
  aggregate: (data) => data.cupId,
  earlier: upcasting(First, ({ cupId, litres }) => ({ cupId, millilitres: Math.round(litres * 1_000) })),
});
const Third = defineEvent({
  name: 'cup_filled',
  version: 3,
  producer: 'user',
  data: z.object({ cupId: z.string(), millilitres: z.int(), of: z.string() }),
  aggregate: (data) => data.cupId,
  earlier: upcasting(Second, (data) => ({ ...data, of: 'tea' })),
});

it('gives a consumer events of earlier versions in the terms of its own', async () => {
  const seen: unknown[] = [];
  const filled = consumer(Third, async (_, { name, data }) => void seen.push([name, data]));
  expect(filled.types).toEqual(['cup_filled.v3', 'cup_filled.v2', 'cup_filled']);
  for (const event of [
    createEvent(First, { cupId: 'a', litres: 0.25 }),
    createEvent(Second, { cupId: 'b', millilitres: 100 }),
    createEvent(Third, { cupId: 'c', millilitres: 300, of: 'milk' }),
  ])
    await filled.apply({} as never, event);
  expect(seen).toEqual([
    ['cup_filled', { cupId: 'a', millilitres: 250, of: 'tea' }],
    ['cup_filled.v2', { cupId: 'b', millilitres: 100, of: 'tea' }],
    ['cup_filled.v3', { cupId: 'c', millilitres: 300, of: 'milk' }],
  ]);
});

it('holds an earlier event to its own version, and what becomes of it to the new one', async () => {
  const filled = consumer(Third, async () => {});
  const broken = { ...createEvent(First, { cupId: 'a', litres: 1 }), data: { cupId: 'a', millilitres: 1 } };
  await expect(filled.apply({} as never, broken)).rejects.toThrow(UnprocessableEvent);
  const infinite = { ...createEvent(First, { cupId: 'a', litres: 1 }), data: { cupId: 'a', litres: 1e300 } };
  await expect(filled.apply({} as never, infinite)).rejects.toThrow(UnprocessableEvent);
});
