import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
const page = read('docs/operations/slos.md');
const terraform = read('infra/terraform/modules/observability/alarms.tf');

/** The cells of each row that begins with a name in code. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );

const { groups } = parse(read('infra/observability/alerts.yaml')) as {
  groups: { rules: { alert: string; expr: string; for: string; labels: { severity: string } }[] }[];
};
/** By the last name in each alarm of Terraform: what it compares with, for how many minutes. */
const alarm =
  /(?:"\$\{\w+\}-)?(\w+)"? (?:=|=>) \{\s+namespace[^}]*?above += (\w+), threshold = ([\w.]+), minutes = (\d+)/g;
const alarms = new Map(
  [...terraform.matchAll(alarm)].map(([, name = '', above, threshold, minutes]) => [
    name,
    { compared: `${above === 'true' ? '>' : '<'} ${threshold}`, minutes: Number(minutes) },
  ]),
);
const slo = /default += \{ error_percent = ([\d.]+), p99_seconds = ([\d.]+) \}/.exec(
  read('infra/terraform/modules/observability/variables.tf'),
);

it('tells of every alert as it is, and of no other', () => {
  const told = rows.filter(([name]) => /^[A-Z]/.test(name ?? '')).map((cells) => cells.slice(0, 4));
  const are = groups
    .flatMap(({ rules }) => rules)
    .map(({ alert, expr, for: time, labels }) => {
      const [compared] = / (?:>|<|==) [\d.]+$/.exec(expr) ?? [''];
      return [alert, compared.trim(), `${Number.parseInt(time, 10)} min`, labels.severity];
    });
  expect(told).toEqual(are);
});

it('names every alarm of Terraform', () => {
  const told = rows.flatMap(([name = '', , , , alarm = '']) =>
    /^[A-Z]/.test(name) ? alarm.split(' ') : [name],
  );
  expect(told.filter((name) => name !== '').sort()).toEqual(['errors', ...alarms.keys()].sort());
});

it('promises the same at the gateway and before it', () => {
  const of = (name: string) => rows.find((cells) => cells[4] === name || cells[0] === name) ?? [];
  const [, percent, seconds] = slo ?? [];
  expect([of('errors')[1], of('slow')[1]]).toEqual([`> ${percent}`, `> ${seconds}`]);
  expect(of('queues').slice(1, 3)).toEqual([
    alarms.get('queues')?.compared,
    `${alarms.get('queues')?.minutes} min`,
  ]);
  expect(of('slow')[2]).toBe(`${alarms.get('slow')?.minutes} min`);
  expect(of('errors')[2]).toBe(`${/datapoints_to_alarm = (\d)/.exec(terraform)?.[1]} min`);
  for (const name of ['cpu', 'storage']) {
    expect(of(name)[1]?.split(',')[0]).toBe(alarms.get(name)?.compared);
    expect(of(name)[2]).toBe(`${alarms.get(name)?.minutes} min`);
  }
});
