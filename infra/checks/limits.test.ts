import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limitNames } from '@socialhub/platform/metrics/refusals';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const metrics = read('docs/operations.md').split('\n## Metrics\n')[1] ?? '';
/** Those that read the counter. */
const tests = globSync('{gateway,platform,web,subgraphs/*}/tests/**/*.test.ts', { cwd: root })
  .map(read)
  .filter((text) => /refusalsBy|socialhub_refusals_total/.test(text));

it.each(limitNames)(
  'what is counted as %s is told to operators, and a test reads it as it is refused',
  (name) => {
    expect(metrics).toContain(`\`${name}\``);
    expect(tests.some((text) => text.includes(`'${name}'`))).toBe(true);
  },
);
