/** What people do, as a column each. */
export const deeds = [
  'read posts',
  'read chats',
  'read notifications',
  'read profiles',
  'post',
  'send a message',
  'hear it live',
  'sign in',
  'send a picture',
  'open a page',
] as const;
export type Deed = (typeof deeds)[number];

/** What is taken away, as a row each. */
export const parts = [
  'auth',
  'user',
  'post',
  'media',
  'notification',
  'chat',
  'gateway',
  'postgresql',
  'rabbitmq',
] as const;
export type Part = (typeof parts)[number];

/** `part`: an answer in which something is null that is somewhere else, or one that comes late. */
export type Outcome = 'yes' | 'part' | 'no';
export type Matrix = Record<Part, Record<Deed, Outcome>>;

const signs: Record<Outcome, string> = { yes: '✓', part: 'in part', no: '✗' };

/** As a table of Markdown. */
export function matrixTable(matrix: Matrix): string {
  const rows = [
    ['killed', ...deeds],
    ...parts.map((part) => [part, ...deeds.map((deed) => signs[matrix[part][deed]])]),
  ];
  const widths = ['killed', ...deeds].map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join(
    '\n',
  );
}

const begin = '<!-- npm run faults -- --write writes this table -->';
const end = '<!-- end of the table -->';

/** The page with this table in the place of its own. Throws where it has no place for one. */
export function withTable(page: string, table: string): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error('the page has no place for the table');
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
}
