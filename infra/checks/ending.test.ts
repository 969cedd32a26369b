import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { killedAfterMs } from '@socialhub/platform/end-deadlines';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

it('Docker and ECS kill nobody earlier', () => {
  const { services } = parse(read('compose.yaml'), { merge: true }) as {
    services: Record<string, { stop_grace_period?: string; restart?: string }>;
  };
  for (const name of [...serviceNames, 'gateway', 'web'])
    expect([name, services[name]?.stop_grace_period]).toEqual([name, '60s']);
  expect(killedAfterMs).toBe(60_000);
  const [, seconds] = /stopTimeout\s+= (\d+)/.exec(read('infra/terraform/modules/service/main.tf')) ?? [];
  expect(Number(seconds) * 1_000).toBe(killedAfterMs);
});
