import { expect, it } from 'vitest';
import { textFaults } from './one-text.ts';

it.each([
  "const key = name.normalize('NFC');",
  'const key = name.normalize();',
  'const segmenter = new Intl.Segmenter();',
  'if (!key.isWellFormed()) return null;',
  'const one = /^\\p{RGI_Emoji}$/v;',
  'const tag = /(?<!x)#([\\p{L}]+)/gu;',
])('names a line that reads text by hand: %s', (line) => {
  expect(textFaults('subgraphs/post/src/domain/x.ts', `a\n${line}\n`)).toEqual([
    expect.stringContaining('subgraphs/post/src/domain/x.ts:2 '),
  ]);
});

it('lets the module do it, and everybody else what is something else', () => {
  expect(textFaults('platform/src/text/normalise.ts', "text.normalize('NFC')")).toEqual([]);
  expect(
    textFaults('infra/local/src/x.ts', "import { normalize } from 'node:path';\nnormalize(path);"),
  ).toEqual([]);
});
