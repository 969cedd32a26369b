import { expect, test } from 'vitest';
import { blocksOf, piecesOf } from './blocks.ts';

test('a text has a title, headings, paragraphs and lists', () => {
  expect(blocksOf('# About\n\nOne\nline.\n\n## Who\n\n- a\n- b\n  goes on\n')).toEqual([
    { kind: 'title', text: 'About' },
    { kind: 'paragraph', text: 'One\nline.' },
    { kind: 'heading', text: 'Who' },
    { kind: 'list', items: ['a', 'b\n  goes on'] },
  ]);
});

test('what leads here, elsewhere or to a mailbox is a link, and nothing else is', () => {
  expect(piecesOf('See [the rules](/rules) or [us](mailto:us@example.org).')).toEqual([
    { text: 'See ' },
    { text: 'the rules', href: '/rules' },
    { text: ' or ' },
    { text: 'us', href: 'mailto:us@example.org' },
    { text: '.' },
  ]);
  const script = '[x](javascript:alert(1))';
  expect(piecesOf(script)).toEqual([{ text: script }]);
});
