import type { Logger } from '../log.ts';
import { createEnding, type Ending } from './ending.ts';
import type { Service } from './service.ts';

/**
 * Takes `bringUp`, which starts parts one after the other, puts on `closing` how each is ended, and gives the address.
 * Makes a service that ends them from the last to the first, whether all of them came up or not; a part that fails to end, or
 * takes longer than it may, is logged and keeps none of the others. `stopping` is aborted when the end begins: what only waits need not wait on.
 */
export function createStackedService(
  name: string,
  log: Logger,
  bringUp: (closing: Ending, stopping: AbortSignal) => Promise<string>,
): Service {
  const closing = createEnding();
  const stopping = new AbortController();
  let starting: Promise<string> | undefined;
  let stopped: Promise<void> | undefined;

  async function takeDown(): Promise<void> {
    stopping.abort();
    // What a start makes that is under way has to be ended too.
    await starting?.catch(() => undefined);
    for (const error of await closing.run()) log.error({ err: error }, 'a part did not stop cleanly');
    log.info('stopped');
  }

  const stop = () => {
    stopped ??= takeDown();
    return stopped;
  };

  return {
    name,
    async start() {
      try {
        starting = bringUp(closing, stopping.signal);
        const url = await starting;
        log.info({ url }, 'started');
        return { url };
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
  };
}
