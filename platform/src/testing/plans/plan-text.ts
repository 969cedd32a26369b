/** A node of what EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) gives. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  'Total Cost': number;
  Plans?: PlanNode[];
}

/** The pages that a node and those beneath it have touched. */
export const pagesOf = (node: PlanNode): number => node['Shared Hit Blocks'] + node['Shared Read Blocks'];

/** A plan as a tree of lines, each with the pages that it touched: what one reads when a test fails. */
export function planText(node: PlanNode, depth = 0): string {
  const { 'Index Name': index, 'Relation Name': relation } = node;
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  const line = [
    `${'  '.repeat(depth)}${node['Node Type']}`,
    relation && `on ${relation}`,
    index && `by ${index}`,
    `(${pagesOf(node)} pages, ${node['Actual Rows']} rows${removed > 0 ? `, ${removed} removed` : ''}, ${node['Actual Loops']} loops)`,
  ];
  return [
    line.filter(Boolean).join(' '),
    ...(node.Plans ?? []).map((child) => planText(child, depth + 1)),
  ].join('\n');
}
