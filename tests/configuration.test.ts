import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('stops a process that is configured wrongly, with every fault in one line and no value of any', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['subgraphs/auth/src/main.ts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      PORT: 'seventy-thousand',
      DATABASE_URL: 'mysql://auth:hunter2@db/auth',
      DRAIN_DELAY_MS: '-1',
      SIGNING_KEY_DAYS: 'soon',
    },
  });
  expect([status, stdout]).toEqual([1, '']);
  const [line = '', ...more] = stderr.trim().split('\n');
  expect(more).toEqual([]);
  for (const name of ['PORT', 'DATABASE_URL', 'DRAIN_DELAY_MS', 'SIGNING_KEY_DAYS'])
    expect(line).toContain(`${name}: `);
  for (const name of ['IDENTITY_KEYS', 'SIGNING_KEY_SECRET']) expect(line).toContain(`${name} is missing`);
  expect(line).toMatch(/has 6 faults/);
  expect(line).not.toMatch(/hunter2|seventy|soon/);
});
