import { createElement, isValidElement, type ReactElement } from 'react';
import { expect, test } from 'vitest';
import type { TextsOf } from './texts.ts';
import { type Messages, translator } from './translator.ts';

type AnyTexts = {
  (key: string, values?: object): unknown;
  rich(key: string, values?: object): unknown;
};

/** Texts as `compile` of icu-minify makes them of what stands above each. */
const messages = {
  room: {
    // Hi
    plain: 'Hi',
    // Hi {name}, {n, number}
    values: ['Hi ', ['name'], ', ', ['n', 4]],
    // {n, plural, =0 {none} one {# reply} few {a few} other {#}}
    plural: [['n', 2, { '=0': 'none', one: [0, ' reply'], few: 'a few', other: 0 }]],
    // See <link>all {n, plural, one {#} other {# of {name}}}</link>.
    rich: ['See ', ['link', 'all ', ['n', 2, { one: 0, other: [0, ' of ', ['name']] }]], '.'],
  },
} as unknown as Messages;

const textsIn = (language: string) =>
  translator(language, messages, 'room' as never) as unknown as TextsOf<'ui'> & AnyTexts;

const t: AnyTexts = textsIn('en');

test('a text has its values, and its numbers as the language writes them', () => {
  expect(t('plain')).toBe('Hi');
  expect(t('values', { name: 'Ada', n: 1234 })).toBe('Hi Ada, 1,234');
  expect((textsIn('de') as AnyTexts)('values', { name: 'Ada', n: 1234 })).toBe('Hi Ada, 1.234');
});

test.each([
  ['en', 0, 'none'],
  ['en', 1, '1 reply'],
  ['en', 2, '2'],
  ['en', 21, '21'],
  ['de', 1, '1 reply'],
  ['de', 1234, '1.234'],
  ['pl', 2, 'a few'],
])('in %s the plural of %i is told as %s', (language, n, text) => {
  expect((textsIn(language) as AnyTexts)('plural', { n })).toBe(text);
});

test('what is between tags is given to what makes an element of it', () => {
  const told = t.rich('rich', { n: 3, name: 'ten', link: (text: string) => createElement('a', null, text) });
  const { children } = (told as ReactElement<{ children: unknown[] }>).props;
  expect(children.map((part) => (isValidElement(part) ? part.props : part))).toEqual([
    'See ',
    { children: 'all 3 of ten' },
    '.',
  ]);
});

test('a text that is not here gives its key, and says so where somebody listens', () => {
  expect(t('gone')).toBe('gone');
});
