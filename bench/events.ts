import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRabbitMqBroker } from '@socialhub/platform/events/rabbitmq/broker';
import { createLogger } from '@socialhub/platform/log';
import { startRabbitMq } from '@socialhub/servers/rabbitmq';
import { measureSharedWork, type SharedWork } from './events/shared-work.ts';
import { figure, table } from './measure/statistics.ts';

/** What the event backbone takes, on an installed RabbitMQ of its own. */
const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const seconds = options.quick ? 3 : 10;
const waitMs = 5;
const print = (line: string) => process.stdout.write(`${line}\n`);

const folder = mkdtempSync(join(tmpdir(), 'socialhub-bench-'));
const server = await startRabbitMq({ dataDir: folder });
const log = createLogger({ service: 'bench', level: 'fatal' });
try {
  const open = async (namespace: string) => {
    const broker = createRabbitMqBroker({ url: server.url, log, namespace });
    await broker.connect();
    return broker;
  };
  const shared: SharedWork[] = [];
  for (const instances of [1, 2, 4])
    shared.push(await measureSharedWork(open, server.url, { instances, seconds, waitMs }));
  const alone = shared[0]?.perSecond ?? Number.NaN;
  print(`Events of one service a second, each of which waits ${waitMs} ms, in four partitions:`);
  print(
    table([
      ['instances', 'events/s', 'times one'],
      ...shared.map((one) => [String(one.instances), figure(one.perSecond), figure(one.perSecond / alone)]),
    ]),
  );
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
