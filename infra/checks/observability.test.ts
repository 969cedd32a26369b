import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { serviceNames } from '../../platform/src/contracts/services.ts';

interface Compose {
  services: Record<
    string,
    {
      environment?: Record<string, string>;
      networks?: string[];
      image?: string;
      mem_limit?: string;
      pids_limit?: number;
      cap_drop?: string[];
    }
  >;
}
const read = (path: string) =>
  parse(readFileSync(join(import.meta.dirname, '../..', path), 'utf8'), { merge: true });
const { services: seen } = read('compose.observability.yaml') as Compose;
const { services: connected } = read('compose.override.yaml') as Compose;
const { scrape_configs: jobs } = read('infra/observability/prometheus.yaml') as {
  scrape_configs: { static_configs: { targets: string[] }[] }[];
};
const targets = jobs.flatMap((job) => job.static_configs.flatMap((one) => one.targets));

it('Prometheus reads every process, at the port that it is given, over a network that both are in', () => {
  expect(targets.map((target) => target.split(':')[0]).sort()).toEqual(
    [...serviceNames, 'gateway', 'web'].sort(),
  );
  for (const target of targets) {
    const [name = '', port] = target.split(':');
    const { METRICS_PORT, WEB_METRICS_PORT } = seen[name]?.environment ?? {};
    expect(name === 'web' ? WEB_METRICS_PORT : METRICS_PORT, name).toBe(port);
    expect(connected[name]?.networks, name).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^(${seen.prometheus?.networks?.join('|')})$`)),
      ]),
    );
  }
});

it('what it brings has bounds of memory and processes, and no capabilities', () => {
  const brought = Object.entries(seen).filter(([, { image }]) => image);
  expect(brought.map(([name]) => name)).toEqual(['prometheus', 'grafana', 'jaeger']);
  for (const [name, { mem_limit, pids_limit, cap_drop }] of brought)
    expect([mem_limit, pids_limit, cap_drop], name).toEqual([
      expect.any(String),
      expect.any(Number),
      ['ALL'],
    ]);
});
