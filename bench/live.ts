import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { messages, supergraphFor } from './federation/supergraph.ts';
import { liveContenders } from './live/contenders.ts';
import { startEventSource } from './live/event-source.ts';
import { type LiveResult, measureLive } from './live/measure.ts';
import { freePort } from './measure/free-port.ts';
import { installPeers } from './measure/peers.ts';
import { pinThisProcess, type Started, serverCore, startOn } from './measure/processes.ts';
import { figure, median, table } from './measure/statistics.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    sockets: { type: 'string' },
    rounds: { type: 'string' },
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

const results = new Map<string, LiveResult[]>();
for (let round = 0; round < rounds; round += 1) {
  for (const { title, query, command, env } of liveContenders) {
    // A new process each time: what a server keeps of an earlier audience is no part of the next one's memory.
    const port = await freePort();
    const server = startOn(serverCore, command({ port, supergraphFile, eventsUrl: source.urls.events }), {
      env,
    });
    try {
      await listening(port, server);
      const result = await measureLive(server, port, query, source, sizes);
      results.set(title, [...(results.get(title) ?? []), result]);
    } catch (error) {
      print(`! ${title}: ${String(error)}\n  ${server.output().trim().slice(-300)}`);
    }
    await server.stop();
  }
}
await source.stop();

const columns: [title: string, of: keyof LiveResult][] = [
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
];
const middle = (of: keyof LiveResult, all: LiveResult[]) => median(all.map((result) => result[of]));
print(`${sizes.sockets} subscriptions, medians of ${rounds} round${rounds > 1 ? 's' : ''}`);
print(
  table([
    ['server', ...columns.map(([title]) => title)],
    ...[...results].map(([title, all]) => [title, ...columns.map(([, of]) => figure(middle(of, all)))]),
  ]),
);
const strangers = Math.max(...[...results.values()].flat().map((result) => result.strangers));
if (strangers > 0.1) print(`! Other processes took up to ${Math.round(strangers * 100)} % of a core.`);

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
