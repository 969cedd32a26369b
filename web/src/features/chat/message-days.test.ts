import { expect, test } from 'vitest';
import { textsIn } from '../../../tests/texts-in.ts';
import type { MessageRowFragment } from './generated/documents.ts';
import { dayOf, placeMessages, saidDay } from './message-days.ts';

const message = (seq: number, sender: string, createdAt: string): MessageRowFragment => ({
  __typename: 'Message',
  id: String(seq),
  seq,
  text: '',
  createdAt,
  editedAt: null,
  deletedAt: null,
  sender: { __typename: 'User', id: sender, username: sender, displayName: sender, avatar: null },
  media: [],
  replyTo: null,
  reactions: [],
  viewerReactions: [],
});
const english = { language: 'en', zone: 'UTC' } as const;
const told = (zone: 'UTC' | 'own', ...messages: MessageRowFragment[]) =>
  placeMessages(messages, { ...english, zone }).map(({ day, isFirstOfRun }) => [day, isFirstOfRun]);

test('each day stands once above its messages', () => {
  const two = [
    message(1, 'ben', '2026-03-01T23:50:00.000Z'),
    message(2, 'ben', '2026-03-02T00:10:00.000Z'),
  ] as const;
  expect(told('UTC', ...two)).toEqual([
    ['Sunday, 1 March 2026', true],
    ['Monday, 2 March 2026', true],
  ]);
});

test('who writes again soon is named once, and anew when somebody else wrote between', () => {
  const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
  const runs = told(
    'UTC',
    message(1, 'ben', at(0)),
    message(2, 'ben', at(4)),
    message(3, 'ada', at(5)),
    message(4, 'ben', at(6)),
    message(5, 'ben', at(20)),
  ).map(([, isFirst]) => isFirst);
  expect(runs).toEqual([true, false, true, true, true]);
});

test('of the last two days one says the name', () => {
  const now = Date.parse('2026-03-02T12:00:00.000Z');
  const said = (time: string) => saidDay(textsIn('en', 'chat'), dayOf(time, english), now, english);
  expect(said('2026-03-02T00:00:00.000Z')).toBe('Today');
  expect(said('2026-03-01T23:59:00.000Z')).toBe('Yesterday');
  expect(said('2026-02-28T23:59:00.000Z')).toBe('Saturday, 28 February 2026');
});

test('a German reader has days in German', () => {
  expect(dayOf('2026-03-02T00:00:00.000Z', { language: 'de', zone: 'UTC' })).toBe('Montag, 2. März 2026');
});
