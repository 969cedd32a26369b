import type { Logger } from '@socialhub/platform/log';
import type { Service } from '@socialhub/platform/service';

/** Notes how a part that has come up is taken down again. */
export type OnStop = (stop: () => unknown) => void;

/**
 * Takes `bringUp`, which starts parts one after the other and notes for each how to stop it. Gives a service that
 * stops them from the last to the first, whether all of them came up or not; a part that fails to stop is logged
 * and keeps none of the others.
 */
export function createOrderedService(
  name: string,
  log: Logger,
  bringUp: (onStop: OnStop) => Promise<string>,
): Service {
  const up: (() => unknown)[] = [];
  let stopping: Promise<void> | undefined;

  async function takeDown(): Promise<void> {
    for (const stop of up.reverse()) {
      try {
        await stop();
      } catch (error) {
        log.error({ err: error }, 'a part did not stop cleanly');
      }
    }
    log.info('stopped');
  }

  const stop = () => {
    stopping ??= takeDown();
    return stopping;
  };

  return {
    name,
    async start() {
      try {
        const url = await bringUp((stopPart) => up.push(stopPart));
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
