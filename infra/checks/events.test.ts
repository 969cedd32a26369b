import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { events } from '../../platform/src/contracts/registry.ts';
import { subscriptions } from '../../platform/src/contracts/subscriptions.ts';
import { eventType } from '../../platform/src/events/envelope.ts';
import { type EventDocument, eventDocument, type ObjectSchema } from './event-document.ts';
import { compareEvents, incompatibilities } from './events.ts';

const document = (schema: ObjectSchema) => ({ components: { schemas: { cup_filled: schema } } });
const cup = { properties: { cupId: { type: 'string' }, of: { enum: ['TEA', 'MILK'] } }, required: ['cupId'] };

it.each<[string, ObjectSchema, string[]]>([
  ['nothing', cup, []],
  ['a new field that may be missing', { ...cup, properties: { ...cup.properties, hot: {} } }, []],
  ['a field that is gone', { ...cup, properties: { cupId: { type: 'string' } } }, ['of is gone']],
  [
    'fewer values',
    { ...cup, properties: { ...cup.properties, of: { enum: ['TEA'] } } },
    ['of is not what it was'],
  ],
  [
    'another type',
    { ...cup, properties: { ...cup.properties, cupId: { type: 'integer' } } },
    ['cupId is not what it was'],
  ],
  ['a field that may be missing now', { ...cup, required: [] }, ['cupId may be missing now']],
  [
    'one that may not be missing any more',
    { ...cup, required: ['cupId', 'of'] },
    ['of may not be missing any more'],
  ],
  [
    'a new one that may not',
    { properties: { ...cup.properties, hot: {} }, required: ['cupId', 'hot'] },
    ['hot is new and may not be missing'],
  ],
])('says of %s what older and newer readers could not take', (_, now, faults) => {
  expect(incompatibilities(document(cup), document(now))).toEqual(
    faults.map((fault) => `cup_filled: ${fault}`),
  );
});

it('lets an event come and go', () => {
  const none = { components: { schemas: {} } };
  expect(incompatibilities(document(cup), none)).toEqual([]);
  expect(incompatibilities(none, document(cup))).toEqual([]);
});

it('has every event in the document that is checked in, which says what the contracts say', () => {
  const checkedIn = readFileSync(new URL('../../docs/api/events.yaml', import.meta.url), 'utf8');
  expect(compareEvents(checkedIn)).toEqual({ text: checkedIn, faults: [] });
  const types = Object.keys((eventDocument() as EventDocument).components.messages);
  expect(new Set(types)).toEqual(new Set(events.map(eventType)));
  for (const contract of Object.values(subscriptions).flat()) expect(types).toContain(eventType(contract));
});
