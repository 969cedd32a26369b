import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** The priority that a process which began with a niceness has once the module was imported. */
async function priorityAfter(niceness: number): Promise<number> {
  const module = new URL('./lower-priority.ts', import.meta.url).href;
  const program = `await import(${JSON.stringify(module)}); console.log((await import('node:os')).getPriority());`;
  const words = ['-n', String(niceness), process.execPath, '--input-type=module', '-e', program];
  return Number((await run('nice', words)).stdout);
}

test.skipIf(process.platform !== 'linux')('a priority is lowered, and never raised', async () => {
  expect(await priorityAfter(0)).toBe(10);
  expect(await priorityAfter(15)).toBe(15);
});
