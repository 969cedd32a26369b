import { type Cost, costNames, costOf } from './spent.ts';

/** Why these have no budget: they are rare, and each is dominated by what is named. */
const hash = 'a hash of a password (19 MiB, several milliseconds)';
const mail = 'a mail';
const keys = 'an asymmetric signature or a secret that is sealed';
const admins = 'done by moderators and admins, some a day';
const file = 'the examination of a file in a process of its own';
const once = 'once in the life of an account, as a task in steps';

export const unbudgeted: Readonly<Record<string, string>> = {
  'Mutation.register': hash,
  'Mutation.logIn': hash,
  'Mutation.logOut': 'once a session',
  'Mutation.revokeSession': 'once a session',
  'Mutation.endAllSessions': 'once a session',
  'Mutation.changePassword': hash,
  'Mutation.requestPasswordReset': mail,
  'Mutation.resetPassword': hash,
  'Mutation.requestEmailVerification': mail,
  'Mutation.verifyEmail': mail,
  'Mutation.beginTwoFactor': hash,
  'Mutation.confirmTwoFactor': keys,
  'Mutation.renewRecoveryCodes': hash,
  'Mutation.disableTwoFactor': hash,
  'Mutation.beginPasskeyLogIn': keys,
  'Mutation.logInWithPasskey': keys,
  'Mutation.beginPasskey': keys,
  'Mutation.addPasskey': keys,
  'Mutation.renamePasskey': keys,
  'Mutation.removePasskey': keys,
  'Mutation.changeEmail': mail,
  'Mutation.confirmEmailChange': mail,
  'Mutation.cancelEmailChange': mail,
  'Mutation.deactivateAccount': once,
  'Mutation.deleteAccount': once,
  'Mutation.setRole': admins,
  'Mutation.suspendAccount': admins,
  'Mutation.reinstateAccount': admins,
  'Mutation.removePost': admins,
  'Mutation.restorePost': admins,
  'Mutation.removeComment': admins,
  'Mutation.restoreComment': admins,
  'Mutation.completeUpload': file,
  'Mutation.requestDataExport': once,
  'Mutation.markNotificationsRead': 'what it changes is what has come since it was called last',
  'Subscription.dataExportProgress': once,
  'Subscription.typing': 'one statement for all who listen in a process, and one of who is typing',
  'Subscription.notificationReceived':
    'the same path as chatEvents: one read of the logs, one of what they name',
  'Subscription.homeTimelineEvents': 'the same path as chatEvents, and one read for whom the post concerns',
};

const heading = `# Budgets

What each operation costs: statements that read or write rows in all databases together, the rows that they gave or changed,
fetches from subgraphs, the requests in which the gateway sent them, and the bytes that subgraphs answered. All that follows from
an operation is in it: events, what other services do of them, and what goes to those who listen. Not in it: the delivery of
outboxes and what runs by the clock.

The table is written by \`UPDATE_BUDGETS=1 npm test -- tests/budgets\` and held by \`tests/budgets/\`: a change that costs more, or
less, has to change it. Time is measured by \`npm run bench:whole\` ([benchmarks](benchmarks.md)).

`;

/** The page with the costs by the names of their operations. */
export function tableOf(costs: ReadonlyMap<string, Cost>): string {
  const rows = [
    ['operation', ...costNames],
    ...[...costs].map(([name, cost]) => [name, ...costNames.map((one) => String(cost[one]))]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const reasons = Map.groupBy(Object.entries(unbudgeted), ([, reason]) => reason);
  const without = [...reasons].map(
    ([reason, fields]) => `- ${reason}: ${fields.map(([field]) => `\`${field.split('.')[1]}\``).join(', ')}`,
  );
  return `${heading}${[line(head), rule, ...body.map(line)].join('\n')}\n\nWithout a budget, by what they cost most:\n\n${without.join('\n')}\n`;
}

/** The costs that the page tells. */
export function costsIn(page: string): Record<string, Cost> {
  const cells = costNames.map(() => ' +\\| (\\d+)').join('');
  const rows = page.matchAll(new RegExp(`^\\| (\\w+\\.[^|]*?)${cells} +\\|$`, 'gm'));
  return Object.fromEntries(
    [...rows].map(([, name, ...figures]) => [name, costOf((one) => Number(figures[costNames.indexOf(one)]))]),
  );
}
