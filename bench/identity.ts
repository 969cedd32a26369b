import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findRabbitMq } from '@socialhub/servers/rabbitmq';
import { startAuth } from './identity/auth.ts';
import { compareResponses, spread } from './identity/enumeration.ts';
import { runPart } from './identity/part.ts';
import { measureRefresh, type RefreshResult } from './identity/refresh.ts';
import { seedAccounts, seedSessions } from './identity/seed.ts';
import { measureSignIn } from './identity/sign-in.ts';
import type { Speed } from './measure/operations.ts';
import {
  letUseBothCores,
  loadCore,
  machineBusySeconds,
  pinThisProcess,
  serverCore,
  usageOf,
} from './measure/processes.ts';
import { figure, median, table } from './measure/statistics.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    samples: { type: 'string' },
  },
});
const rounds = Number(options.rounds ?? (options.quick ? 1 : 3));
const seconds = options.quick ? 0.5 : 3;
const samples = Number(options.samples ?? (options.quick ? 50 : 500));
const print = (line: string) => process.stdout.write(`${line}\n`);

if (!pinThisProcess()) print('! Nothing is pinned: there is no taskset, or one core only.');
const folder = mkdtempSync(join(tmpdir(), 'socialhub-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

/** Medians of several runs, each in a process of its own. */
async function speeds(name: string): Promise<string[][]> {
  const runs: Record<string, Speed>[] = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await runPart(serverCore, name, { seconds }));
  return Object.keys(runs[0] ?? {}).map((title) => {
    const of = (what: keyof Speed) => median(runs.map((run) => run[title]?.[what] ?? Number.NaN));
    return [title, figure(of('perSecond')), figure(of('cpuMicros')), figure(1_000_000 / of('cpuMicros'))];
  });
}

/** How much of a core went to others than this benchmark. */
function watchStrangers(): () => string {
  const began = { at: performance.now(), busy: machineBusySeconds(), own: usageOf(process.pid).cpuSeconds };
  return () => {
    const elapsed = (performance.now() - began.at) / 1000;
    const own = usageOf(process.pid).cpuSeconds - began.own;
    const share = (machineBusySeconds() - began.busy - own) / elapsed;
    return share > 0.1 ? `! Other processes took ${Math.round(share * 100)} % of a core.\n` : '';
  };
}

const head = ['one core', 'per second', 'CPU us each', 'per second of CPU'];
print(`${table([head, ...(await speeds('access-tokens')), ...(await speeds('identity-header'))])}\n`);

const auth = await startAuth(folder);
const hashing = () => runPart<{ hash: string; speed: Speed }>(serverCore, 'password-hash', { seconds });
const { hash, speed: hashingBefore } = await hashing();

const strangers = watchStrangers();
const refreshes: RefreshResult[] = [];
for (let round = 0; round < rounds; round += 1) refreshes.push(await measureRefresh(auth, 24, seconds));
const ofRefresh = (what: keyof RefreshResult) => median(refreshes.map((one) => one[what]));
const tokens = await seedSessions(auth.db, await seedAccounts(auth.db, 10, ''));
const postgresBefore = usageOf(auth.postgresPid).cpuSeconds;
const statement = await runPart<Speed & { count: number }>(serverCore, 'refresh-statement', {
  databaseUrl: auth.databaseUrl,
  tokens,
  seconds,
});
const statementMicros =
  ((usageOf(auth.postgresPid).cpuSeconds - postgresBefore) * 1_000_000) / statement.count;
print(
  table([
    ['refresh of tokens', 'per second', 'CPU us', "PostgreSQL's", 'p50, ms', 'p99', 'failed'],
    [
      'through the service, 24 connections',
      ...[ofRefresh('perSecond'), ofRefresh('serviceMicros'), ofRefresh('postgresMicros')].map(figure),
      ...[ofRefresh('p50'), ofRefresh('p99'), ofRefresh('failures')].map(figure),
    ],
    [
      'the statement alone, 10 connections',
      ...[statement.perSecond, statement.cpuMicros, statementMicros].map(figure),
      ...['-', '-', '0'],
    ],
  ]),
);
print(strangers());

const signIn = await measureSignIn(auth, hash, seconds);
const { speed: hashingAfter } = await hashing();
letUseBothCores(auth.server.pid);
const signInOnTwo = await measureSignIn(auth, hash, seconds);
print(
  table([
    ['signing in', 'per second', 'CPU ms each', 'failed'],
    ...[hashingBefore, hashingAfter].map((speed, at) => [
      `argon2id alone, ${at === 0 ? 'before' : 'after'}`,
      ...[speed.perSecond, speed.cpuMicros / 1000, 0].map(figure),
    ]),
    [
      'through the service, 4 connections',
      figure(signIn.perSecond),
      figure(signIn.cpuMicros / 1000),
      figure(signIn.failures),
    ],
    [
      'the same, with the load’s core as well',
      figure(signInOnTwo.perSecond),
      figure(signInOnTwo.cpuMicros / 1000),
      figure(signInOnTwo.failures),
    ],
  ]),
);
print('');

const comparisons = await compareResponses(auth, hash, samples);
print(
  table([
    [
      `does an account exist? ${samples} samples each way`,
      'it does: p10 / p50 / p90, ms',
      'it does not',
      'AUC',
      'answers',
    ],
    ...comparisons.map(({ what, known, unknown, auc, answers }) => [
      what,
      spread(known),
      spread(unknown),
      auc.toFixed(3),
      String(answers),
    ]),
  ]),
);
print('0.500: whoever guesses by the time is right half of the time.\n');

const rotation = await runPart<{ rotations: number; keys: number; verified: number; refused: number }>(
  serverCore,
  'key-rotation',
  { databaseUrl: auth.databaseUrl, rotations: options.quick ? 5 : 20 },
);
print(
  `${rotation.rotations} rotations under load: ${rotation.keys} keys signed, ${rotation.verified} tokens verified, ${rotation.refused} refused.`,
);

// Its events stay in its process: it must not take any that are meant for the gateways.
await auth.server.stop();
if (findRabbitMq()) {
  const count = options.quick ? 3 : 20;
  const password = 'correct horse battery';
  const people = await seedAccounts(auth.db, 3 * count + 1, hash);
  const names = people.map(({ username }) => username);
  const [admin = '', ...others] = names;
  const moderators = others.slice(0, count);
  await auth.db.query(
    `UPDATE account SET role = (CASE WHEN username = $1 THEN 'ADMIN' ELSE 'MODERATOR' END)::role
     WHERE username = $1 OR username = ANY($2)`,
    [admin, moderators],
  );
  const took = await runPart<Record<string, number[]>>(loadCore, 'ended-sessions', {
    databaseUrl: auth.databaseUrl,
    members: others.slice(count),
    moderators,
    admin,
    password,
  });
  print(
    `\n${table([
      ['until both gateways have closed the sockets, over RabbitMQ', 'p50, ms', 'worst'],
      ...Object.entries(took).map(([what, all]) => [what, figure(median(all)), figure(Math.max(...all))]),
    ])}`,
  );
} else print('RabbitMQ is not installed: how fast sessions end at two gateways is not measured.');

await auth.stop();
