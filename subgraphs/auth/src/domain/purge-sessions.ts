import type { Database } from '@socialhub/platform/database';
import type { Logger } from '@socialhub/platform/log';
import type { Client } from '../store/client.ts';
import { deleteOldTokens } from '../store/refresh-tokens.ts';
import { deleteDeadSessions } from '../store/sessions.ts';

const everyMs = 3_600_000;
const batch = 1_000;

/** Removes sessions that lapsed and tokens that no session needs, at once and every hour. Gives what stops it. */
export function startSessionPurge(
  db: Database<Client>,
  log: Logger,
  idleSeconds: number,
): () => Promise<void> {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const purge = async () => {
    try {
      while (!stopped && (await deleteDeadSessions(db.prisma, batch)) === batch);
      while (!stopped && (await deleteOldTokens(db.prisma, idleSeconds, batch)) === batch);
    } catch (error) {
      log.warn({ err: error }, 'old sessions could not be removed; they are tried again in an hour');
    }
  };
  const run = () => {
    running = running.then(purge);
  };
  run();
  const timer = setInterval(run, everyMs);
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}
