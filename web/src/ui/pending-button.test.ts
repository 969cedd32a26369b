import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '..');
const components = globSync('**/*.tsx', { cwd: source }).map((name) => ({
  name,
  text: readFileSync(join(source, name), 'utf8'),
}));
const buttonsOf = (text: string) => text.match(/<button\b(?:=>|[^>])*>/g) ?? [];

test('no button is disabled, which would take the focus from it', () => {
  expect(components.length).toBeGreaterThan(50);
  const disabled = components.filter(({ text }) => /<\w+\b(?:=>|[^>])*[^-\w]disabled\b/.test(text));
  expect(disabled.map(({ name }) => name)).toEqual([]);
});

test('what waits for an action is sent by a PendingButton', () => {
  const waiting = components.filter(({ text }) => /\[[^\]]*\bpending\b[^\]]*\] = useActionState/.test(text));
  expect(waiting.length).toBeGreaterThan(10);
  const plain = waiting.filter(({ text }) => buttonsOf(text).some((one) => !one.includes('type="button"')));
  expect(plain.map(({ name }) => name)).toEqual([]);
});
