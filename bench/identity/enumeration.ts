import { percentile } from '../measure/statistics.ts';
import type { Auth } from './auth.ts';
import { type Caller, openCaller } from './caller.ts';
import { type SeededAccount, seedAccounts } from './seed.ts';
import { logIn } from './sign-in.ts';

export interface Comparison {
  what: string;
  /** Milliseconds, sorted. */
  known: number[];
  unknown: number[];
  /** How many different answers there were, but for what was asked for. */
  answers: number;
  auc: number;
}

const reset =
  'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { sent } }';
const probe = '{ __typename }';

/** What somebody who wants to know whether an account exists can send, and whom they ask for. */
const ways: {
  what: string;
  /** Nothing that is measured is said to have failed more than once an account. */
  ask(caller: Caller, who: SeededAccount): Promise<{ text: string; milliseconds: number }>;
}[] = [
  {
    what: 'sign-in, by username',
    ask: (caller, { username }) =>
      caller.ask(logIn, { input: { identifier: username, password: 'not the password' } }),
  },
  {
    what: 'sign-in, by email',
    ask: (caller, { email }) =>
      caller.ask(logIn, { input: { identifier: email, password: 'not the password' } }),
  },
  {
    what: 'reset of the password',
    ask: (caller, { email }) => caller.ask(reset, { input: { email } }),
  },
  {
    what: 'any request after a reset',
    async ask(caller, { email }) {
      await caller.ask(reset, { input: { email } });
      return caller.ask(probe, {});
    },
  },
];

/** As many samples each way, in an order that chance makes, one at a time. */
export async function compareResponses(
  auth: Auth,
  passwordHash: string,
  samples: number,
): Promise<Comparison[]> {
  const caller = await openCaller(auth.port);
  const comparisons: Comparison[] = [];
  for (const { what, ask } of ways) {
    const known = await seedAccounts(auth.db, samples, passwordHash);
    // What was written a moment ago costs its first reader more than what has been there for a while.
    await auth.db.query('VACUUM ANALYZE account');
    const unknown = known.map(({ id, username }) => ({
      id,
      username: username.replace('bench', 'nobod'),
      email: `${username.replace('bench', 'nobod')}@example.com`,
    }));
    const order = [
      ...known.map((who) => ({ who, isKnown: true })),
      ...unknown.map((who) => ({ who, isKnown: false })),
    ]
      .map((one) => ({ one, at: Math.random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
    const took = { known: [] as number[], unknown: [] as number[] };
    const answers = new Set<string>();
    // What the database prepares and the compiler compiles at first is nobody's.
    for (const who of await seedAccounts(auth.db, 20, passwordHash)) await ask(caller, who);
    for (const { who, isKnown } of order) {
      const { text, milliseconds } = await ask(caller, who);
      took[isKnown ? 'known' : 'unknown'].push(milliseconds);
      answers.add(text);
    }
    took.known.sort((a, b) => a - b);
    took.unknown.sort((a, b) => a - b);
    comparisons.push({ what, ...took, answers: answers.size, auc: auc(took.known, took.unknown) });
  }
  caller.close();
  return comparisons;
}

/** How likely one of the first took longer than one of the second (Mann-Whitney): 0.5 tells nothing. */
function auc(first: readonly number[], second: readonly number[]): number {
  let wins = 0;
  for (const a of first) for (const b of second) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (first.length * second.length);
}

/** Median and the middle eight tenths. */
export const spread = (sorted: readonly number[]): string =>
  [0.1, 0.5, 0.9].map((share) => percentile(sorted, share).toFixed(2)).join(' / ');
