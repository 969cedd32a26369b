import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { connectionsWithin, openFilesLimit } from './open-files.ts';

test.each([
  [256, 128],
  [1024, 512],
  [4096, 3096],
  [20_000, 16_000],
  [1_048_576, 30_000],
  [Number.POSITIVE_INFINITY, 30_000],
])('of %s descriptors %s are for connections of clients', (openFiles, connections) => {
  expect(connectionsWithin(openFiles)).toBe(connections);
});

test('the limit of descriptors of this process is known, as a child of it has it', () => {
  const said = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  expect(openFilesLimit()).toBe(said === 'unlimited' ? Number.POSITIVE_INFINITY : Number(said));
});

test('a limit that is lower than what systems give usually is known too', () => {
  const file = new URL('./open-files.ts', import.meta.url).href;
  const print = `import(${JSON.stringify(file)}).then((it) => console.log(it.openFilesLimit()))`;
  const inChild = `ulimit -n 300; "${process.execPath}" -e '${print}'`;
  expect(execFileSync('sh', ['-c', inChild], { encoding: 'utf8' }).trim()).toBe('300');
});
