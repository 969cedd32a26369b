import { expect, test } from 'vitest';
import { type Pending, stillOnTheWay } from './pending.ts';

const pending = (key: string, text: string, more: Partial<Pending> = {}): Pending => ({
  key,
  kind: 'message',
  lane: 'conversation c',
  conversationId: 'c',
  text,
  replyTo: null,
  media: [],
  writtenAt: 0,
  afterSeq: 5,
  state: 'sending',
  fault: null,
  ...more,
});
const message = (seq: number, text: string, id = 'ada') => ({ id: `m${seq}`, seq, text, sender: { id } });
const shown = (pendings: Pending[], messages: ReturnType<typeof message>[]) =>
  stillOnTheWay(pendings, messages, 'ada').map(({ key }) => key);

test('what is there already is not on its way, though its answer has not come', () => {
  expect(shown([pending('a', 'hi')], [message(6, 'hi')])).toEqual([]);
  expect(shown([pending('a', 'hi', { state: 'waiting' })], [message(6, 'hi')])).toEqual([]);
});

test('what others wrote, what was there before, and what says something else is another message', () => {
  expect(shown([pending('a', 'hi')], [message(6, 'hi', 'ben')])).toEqual(['a']);
  expect(shown([pending('a', 'hi')], [message(5, 'hi')])).toEqual(['a']);
  expect(shown([pending('a', 'hi')], [message(6, 'hello')])).toEqual(['a']);
});

test('of two that say the same one message takes one away', () => {
  const both = [pending('a', 'hi'), pending('b', 'hi')];
  expect(shown(both, [message(6, 'hi')])).toEqual(['b']);
  expect(shown(both, [message(6, 'hi'), message(7, 'hi')])).toEqual([]);
});

test('what was refused stays, whatever is there', () => {
  expect(shown([pending('a', 'hi', { state: 'failed' })], [message(6, 'hi')])).toEqual(['a']);
});
