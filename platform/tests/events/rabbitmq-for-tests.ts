import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// biome-ignore lint/style/noRestrictedImports: only these tests need a server; the platform itself does not
import { findRabbitMq, type RabbitMqServer, startRabbitMq } from '@socialhub/servers/rabbitmq';

/** Whether these tests have a RabbitMQ: the one that RABBITMQ_URL names, or an installed one of our own. */
export const hasRabbitMq = Boolean(process.env.RABBITMQ_URL) || findRabbitMq() !== null;

/** Whether they may also restart it. */
export const hasOwnRabbitMq = !process.env.RABBITMQ_URL && findRabbitMq() !== null;

/** Starts a server for one test file, or gives the one of RABBITMQ_URL; `server` is null when it is not ours. */
export async function rabbitMqForTests(): Promise<{
  url: string;
  server: RabbitMqServer | null;
  stop(): Promise<void>;
}> {
  if (process.env.RABBITMQ_URL) return { url: process.env.RABBITMQ_URL, server: null, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'socialhub-rabbitmq-'));
  const server = await startRabbitMq({ dataDir });
  return {
    url: server.url,
    server,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
