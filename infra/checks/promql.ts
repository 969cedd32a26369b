import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';

type Node = ReturnType<typeof parser.parse>['topNode'];

/** The series that a system offers, with the labels of those that it shows at the moment. */
export type Offered = ReadonlyMap<string, ReadonlySet<string>>;

/** An expression of PromQL, and where it stands. */
export interface Expression {
  place: string;
  text: string;
}

/** What Prometheus itself adds to all that it reads, and its series of who answers. */
const ofPrometheus = ['job', 'instance'];
const up: [string, Set<string>] = ['up', new Set()];

const observability = join(import.meta.dirname, '../observability');

/** All expressions of the alerts and of the dashboards. */
export function expressionsOfFiles(folder = observability): Expression[] {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const { groups } = parse(read('alerts.yaml')) as {
    groups: { rules: { alert: string; expr: string }[] }[];
  };
  const alerts = groups
    .flatMap(({ rules }) => rules)
    .map(({ alert, expr }) => ({ place: `alert ${alert}`, text: expr }));
  const boards = readdirSync(join(folder, 'grafana/dashboards')).flatMap((file) => {
    const { panels } = JSON.parse(read(`grafana/dashboards/${file}`)) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    return panels.flatMap(({ title, targets }) =>
      targets.map(({ expr }) => ({ place: `${file}, ${title}`, text: expr })),
    );
  });
  return [...alerts, ...boards];
}

/** Reads what /metrics says: names by its types, labels by its samples. */
export function offeredBy(metrics: string): Offered {
  const offered = new Map<string, Set<string>>([up]);
  for (const [, name, type] of metrics.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    const names = type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name];
    for (const one of names) offered.set(String(one), new Set());
  }
  for (const [, name, labels = ''] of metrics.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = offered.get(String(name)) ?? new Set();
    for (const [, label] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) known.add(String(label));
    offered.set(String(name), known);
  }
  return offered;
}

/** One sentence for each name, and each label, of an expression that is not offered. */
export function promqlFaults({ place, text }: Expression, offered: Offered): string[] {
  const faults: string[] = [];
  const say = (fault: string) => faults.push(`${place}: ${fault} (${text})`);
  const tree = parser.parse(text);
  const textOf = ({ from, to }: { from: number; to: number }) => text.slice(from, to);
  tree.iterate({
    enter(found): void {
      const { node } = found;
      if (found.type.isError) say(`is no PromQL at character ${found.from}`);
      if (found.name === 'VectorSelector') {
        const name = textOf(node.getChild('Identifier') ?? node);
        if (!offered.has(name)) say(`nothing offers ${name}`);
        for (const label of labelsIn(node).map(textOf))
          if (!has(offered, name, label)) say(`${name} has no label ${label}`);
      }
      if (found.name === 'AggregateExpr') {
        const names = namesIn(node).map(textOf);
        for (const label of groupedBy(node).map(textOf))
          for (const name of names) if (!has(offered, name, label)) say(`${name} has no label ${label}`);
      }
    },
  });
  return faults;
}

/** Of a name that is unknown nothing is said here: it is a fault of its own. */
const has = (offered: Offered, name: string, label: string): boolean =>
  ofPrometheus.includes(label) || (offered.get(name)?.has(label) ?? true);

const within = (node: Node, wanted: string): Node[] => {
  const found: Node[] = [];
  node.cursor().iterate((at) => {
    if (at.name === wanted) found.push(at.node);
  });
  return found;
};

const labelsIn = (selector: Node) => within(selector, 'LabelName');
const namesIn = (node: Node) =>
  within(node, 'VectorSelector').map((selector) => selector.getChild('Identifier') ?? selector);
const groupedBy = (aggregate: Node) =>
  aggregate.getChild('AggregateModifier')?.getChild('GroupingLabels')?.getChildren('LabelName') ?? [];
