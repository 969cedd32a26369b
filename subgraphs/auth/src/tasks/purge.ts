import type { Database } from '@socialhub/platform/database/database';
import { startSweep } from '@socialhub/platform/lifecycle/sweep';
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

/** Removes what nobody can use any more, every hour: sessions, tokens and mail. `stop` ends it. */
export function startPurge(
  db: Database<Client>,
  log: Logger,
  idleSeconds: number,
): { stop(): Promise<void> } {
  return startSweep({
    name: 'what nobody can use',
    everyMs,
    log,
    turn: (signal) => purge(db, idleSeconds, signal),
  });
}

/** Removes once all that nobody can use any more, a thousand rows at a time. Ends early when the signal aborts. */
export async function purge(db: Database<Client>, idleSeconds: number, signal?: AbortSignal): Promise<void> {
  const stale = [
    () => deleteDeadSessions(db.prisma, batch),
    () => deleteOldTokens(db.prisma, idleSeconds, batch),
    () => deleteLapsedMailTokens(db.prisma, batch),
    () => deleteLapsedChallenges(db.prisma, batch),
    () => deleteLapsedEmailChanges(db.prisma, batch),
    () => deleteDeadMails(db.prisma, batch),
    () => deleteOldCounts(db.prisma, batch),
  ];
  for (const remove of stale) while (!signal?.aborted && (await remove()) === batch);
}
