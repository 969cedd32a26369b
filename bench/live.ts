import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '@socialhub/servers/ports';
import { messages, supergraphFor } from './federation/supergraph.ts';
import { type LiveContender, liveContenders as peers, releaseIn } from './live/contenders.ts';
import { startEventSource } from './live/event-source.ts';
import { type LiveResult, measureLive } from './live/measure.ts';
import { measureReconnects, type ReconnectsResult } from './live/reconnects.ts';
import { measureSlowReaders, type SlowReadersResult } from './live/slow-readers.ts';
import { installPeers } from './measure/peers.ts';
import { pinThisProcess, type Started, serverCore, startOn } from './measure/processes.ts';
import { figure, median, table } from './measure/statistics.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    sockets: { type: 'string' },
    only: { type: 'string' },
    rounds: { type: 'string' },
    release: { type: 'string' },
  },
});
const sizes = {
  sockets: Number(options.sockets ?? (options.quick ? 1000 : 5000)),
  events: options.quick ? 10 : 30,
  streamSeconds: options.quick ? 1 : 5,
};
const rounds = Number(options.rounds ?? (options.quick ? 1 : 3));
const print = (line: string) => process.stdout.write(`${line}\n`);

installPeers();
if (!pinThisProcess()) print('! Nothing is pinned: there is no taskset, or one core only.');

const folder = mkdtempSync(join(tmpdir(), 'socialhub-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const source = await startEventSource();
const supergraphFile = join(folder, 'supergraph.graphql');
writeFileSync(supergraphFile, supergraphFor(messages, source.urls));

/** A new process each time: what a server keeps of an earlier audience is no part of the next one's memory. */
async function onNewServer<Result>(
  { title, command, env }: LiveContender,
  measure: (server: Started, port: number) => Promise<Result>,
): Promise<Result | undefined> {
  const port = await freePort();
  const server = startOn(serverCore, command({ port, supergraphFile, eventsUrl: source.urls.events }), {
    env,
  });
  try {
    await listening(port, server);
    return await measure(server, port);
  } catch (error) {
    print(`! ${title}: ${String(error)}\n  ${server.output().trim().slice(-300)}`);
    return undefined;
  } finally {
    await server.stop();
  }
}

type Columns<Result> = readonly [title: string, of: keyof Result][];

/** Measures each contender once in every round, and prints the medians. */
async function compare<Result extends object>(
  title: string,
  contenders: readonly LiveContender[],
  columns: Columns<Result>,
  measure: (contender: LiveContender, server: Started, port: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<string, Result[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) {
      const result = await onNewServer(contender, (server, port) => measure(contender, server, port));
      if (result) results.set(contender.title, [...(results.get(contender.title) ?? []), result]);
    }
  }
  const middle = (of: keyof Result, all: readonly Result[]) =>
    median(all.map((result) => Number(result[of])));
  print(`${title}, medians of ${rounds} round${rounds > 1 ? 's' : ''}`);
  print(
    table([
      ['server', ...columns.map(([name]) => name)],
      ...[...results].map(([name, all]) => [name, ...columns.map(([, of]) => figure(middle(of, all)))]),
    ]),
  );
  print('');
  return [...results.values()].flat();
}

const liveContenders = options.release ? [...peers, releaseIn(resolve(options.release))] : peers;
const wants = (scenario: string) => !options.only || options.only.split(',').includes(scenario);
const tried = liveContenders.filter(({ isTried }) => isTried);

if (wants('events')) {
  const all = await compare<LiveResult>(
    `${sizes.sockets} subscriptions`,
    liveContenders,
    [
      ['kB per idle subscription', 'kilobytesPerIdle'],
      ['messages/s', 'messagesPerSecond'],
      ['CPU us/message', 'cpuMicrosPerMessage'],
      ['one event: to half, ms', 'half'],
      ['to all', 'all'],
      ['worst', 'worst'],
      ['upstream', 'upstream'],
      ['joined in s', 'joinSeconds'],
      ['RSS MB after', 'rssMegabytesAfter'],
      ['lost', 'lost'],
    ],
    ({ query }, server, port) => measureLive(server, port, query, source, sizes),
  );
  const strangers = Math.max(...all.map((result) => result.strangers));
  if (strangers > 0.1) print(`! Other processes took up to ${Math.round(strangers * 100)} % of a core.\n`);
}
if (wants('reconnects')) {
  await compare<ReconnectsResult>(
    `${sizes.sockets} reconnects at once, beside 500 who stay`,
    tried,
    [
      ['all back in s', 'seconds'],
      ['attempts failed', 'failures'],
      ['lost of those who stay', 'lost'],
      ['an event to them: p99 before, ms', 'p99Before'],
      ['p99 meanwhile', 'p99'],
      ['worst', 'worst'],
      ['RSS MB after', 'rssMegabytes'],
    ],
    ({ query }, server, port) => measureReconnects(server, port, query, source, sizes.sockets),
  );
}
if (wants('slow-readers')) {
  const slow = Math.min(500, sizes.sockets);
  await compare<SlowReadersResult>(
    `${slow} who stop reading, beside 100 who read`,
    tried,
    [
      ['RSS MB before', 'rssBefore'],
      ['most', 'rssMost'],
      ['when all are cut', 'rssAfter'],
      ['MB sent to each', 'megabytesEach'],
      ['an event to those who read: p99, ms', 'p99'],
      ['lost of them', 'lost'],
    ],
    ({ query }, server, port) => measureSlowReaders(server, port, query, source, slow),
  );
}
await source.stop();

async function listening(port: number, server: Started): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline && server.isUp()) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isThere) return;
    await delay(100);
  }
  throw new Error('the server does not come up');
}
