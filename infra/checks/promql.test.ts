import { expect, it } from 'vitest';
import { expressionsOfFiles, offeredBy, promqlFaults } from './promql.ts';

const metrics = `# HELP events_total Events.
# TYPE events_total counter
events_total{service="chat",end="dead"} 3
# TYPE wait_seconds histogram
wait_seconds_bucket{le="0.1",service="chat"} 1
wait_seconds_sum{service="chat"} 0.05
wait_seconds_count{service="chat"} 1
# TYPE dead gauge
`;
const offered = offeredBy(metrics);
const faultsOf = (text: string) => promqlFaults({ place: 'here', text }, offered);

it.each([
  'sum by (service) (rate(events_total{end!="applied"}[5m])) > 1',
  'histogram_quantile(0.99, sum by (le, service) (rate(wait_seconds_bucket[5m])))',
  'max by (instance) (up{job="gateway"}) == 0 or dead',
])('takes what is offered: %s', (text) => expect(faultsOf(text)).toEqual([]));

it.each([
  ['rate(event_total[5m])', 'nothing offers event_total'],
  ['wait_seconds', 'nothing offers wait_seconds'],
  ['events_total{kind="x"}', 'events_total has no label kind'],
  ['sum by (kind) (events_total)', 'events_total has no label kind'],
  ['max by (service) (events_total) + max by (le) (events_total)', 'events_total has no label le'],
  ['sum(events_total', 'is no PromQL at character 16'],
])('refuses %s: %s', (text, fault) => expect(faultsOf(text)).toEqual([`here: ${fault} (${text})`]));

it('finds the expressions of all dashboards and alerts', () => {
  const places = expressionsOfFiles().map(({ place }) => place.split(/[ ,.]/, 1)[0]);
  for (const place of ['alert', 'gateway', 'events', 'chat', 'media', 'postgresql', 'rabbitmq'])
    expect(places).toContain(place);
});
