import { port, readEnv, serviceEnv } from '@socialhub/platform/config';
import { run } from '@socialhub/platform/lifecycle/service';
import { createLogger } from '@socialhub/platform/log';
import * as z from 'zod';
import { type ObjectStorage, startObjectStorage } from './object-storage.ts';

/** The local object storage as a process of its own: what strangers send to it holds up nothing else. */

const settings = z.object({ PORT: port(0), LOG_LEVEL: serviceEnv.LOG_LEVEL, DATA_DIR: z.string() });

await run(() => {
  const { PORT, LOG_LEVEL, DATA_DIR } = readEnv(settings, process.env);
  const log = createLogger({ service: 's3', level: LOG_LEVEL });
  let storage: ObjectStorage | undefined;
  return {
    name: 's3',
    async start() {
      storage = await startObjectStorage({ dataDir: DATA_DIR, port: PORT, log });
      return { url: storage.url };
    },
    stop: async () => storage?.stop(),
  };
});
