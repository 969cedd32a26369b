import { expect, test } from 'vitest';
import { indexOf, linkFaults, readDecision } from './documents.ts';

const files = new Set(['docs/a.md', 'docs/b/c.md', 'gateway/src/main.ts']);
const faults = (text: string) => linkFaults('docs/b/c.md', text, (path) => files.has(path));

test.each([
  ['[there](../a.md#part), [elsewhere](https://example.org/x), [here](#part)', []],
  ['[gone](../gone.md)', ['docs/b/c.md names docs/gone.md, which is not there']],
  ['`gateway/src/main.ts`, `main.ts`', []],
  ['`gateway/src/gone.ts`', ['docs/b/c.md names gateway/src/gone.ts, which is not there']],
  ['```sh\nnode `gateway/src/gone.ts` [x](gone.md)\n```', []],
])('%s', (text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test('the index gives each decision with what has become of it', () => {
  const current = readDecision('0001-one.md', '# 0001: One\n\n## Context\n');
  const changed = readDecision('0002-two.md', '# 0002: Two\n\nStatus: changed by [0001](0001-one.md)\n');
  expect(indexOf([current, changed])).toContain(
    '- [0001](0001-one.md): One\n- [0002](0002-two.md): Two (changed by [0001](0001-one.md))\n',
  );
});

test('a decision whose title has another number is refused', () => {
  expect(() => readDecision('0001-one.md', '# 0002: One\n')).toThrow(
    '0001-one.md does not begin with "# 0001: "',
  );
});
