import { setTimeout as wait } from 'node:timers/promises';
import { createRabbitMqBroker } from '@socialhub/platform/events/rabbitmq/broker';
import { createLogger } from '@socialhub/platform/log';

/** One instance of the user service whose work waits, as for a database; writes a character for each event that it applied. */
const [url = '', namespace = '', waitMs = '5'] = process.argv.slice(2);
const log = createLogger({ service: 'bench', level: 'fatal' });
const broker = createRabbitMqBroker({ url, log, namespace, shareEveryMs: 200 });
await broker.connect();
await broker.consume('user', async () => {
  await wait(Number(waitMs));
  process.stdout.write('.');
});
process.once('SIGTERM', () => void broker.close().then(() => process.exit(0)));
