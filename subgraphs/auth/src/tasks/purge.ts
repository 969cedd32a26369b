import type { Database } from '@socialhub/platform/database';
import type { Logger } from '@socialhub/platform/log';
import type { Client } from '../store/client.ts';
import { deleteLapsedEmailChanges } from '../store/email-address/email-changes.ts';
import { deleteLapsedMailTokens } from '../store/mail/mail-tokens.ts';
import { deleteDeadMails } from '../store/mail/mails.ts';
import { deleteLapsedChallenges } from '../store/passkeys/passkey-challenges.ts';
import { deleteOldTokens } from '../store/sessions/refresh-tokens.ts';
import { deleteDeadSessions } from '../store/sessions/sessions.ts';
import { deleteOldCounts } from '../store/throttling/rate-limits.ts';

const everyMs = 3_600_000;
const batch = 1_000;

/** Removes what nobody can use any more: sessions, tokens and mail; at once and every hour. Gives what stops it. */
export function startPurge(db: Database<Client>, log: Logger, idleSeconds: number): () => Promise<void> {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const stale = [
    () => deleteDeadSessions(db.prisma, batch),
    () => deleteOldTokens(db.prisma, idleSeconds, batch),
    () => deleteLapsedMailTokens(db.prisma, batch),
    () => deleteLapsedChallenges(db.prisma, batch),
    () => deleteLapsedEmailChanges(db.prisma, batch),
    () => deleteDeadMails(db.prisma, batch),
    () => deleteOldCounts(db.prisma, batch),
  ];
  const purge = async () => {
    try {
      for (const remove of stale) while (!stopped && (await remove()) === batch);
    } catch (error) {
      log.warn({ err: error }, 'what is too old could not be removed; it is tried again in an hour');
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
