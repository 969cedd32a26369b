import type { Logger } from '@socialhub/platform/log';
import type { Layout, Runnable } from './layout.ts';
import { type Supervised, supervise } from './supervise.ts';

/** A process for each service; one that ends by itself is started again, later each time. Logs go to `logDir`. */
export function processEach({ logDir, log }: { logDir: string; log: Logger }): Layout {
  const running = new Map<Runnable, Promise<Supervised>>();

  return {
    description: 'each in a process of its own',
    async start(name, environment) {
      const main = name === 'gateway' ? 'gateway/src/main.ts' : `subgraphs/${name}/src/main.ts`;
      const service = supervise({ name, main, environment, logDir, log });
      running.set(name, service);
      return (await service).url;
    },
    async kill(name) {
      const service = running.get(name);
      running.delete(name);
      await (await service)?.kill();
    },
    async stop() {
      const ended = async (name: Runnable) => {
        // One that could not start is not there to be stopped.
        const service = await running.get(name)?.catch(() => undefined);
        await service?.stop();
      };
      await ended('gateway');
      await Promise.all([...running.keys()].map(ended));
    },
  };
}
