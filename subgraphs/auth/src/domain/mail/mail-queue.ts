import type { Database } from '@socialhub/platform/database/database';
import { settledWithin } from '@socialhub/platform/deadline';
import { CodedError } from '@socialhub/platform/errors';
import { createWakeup, notifyWhenDue } from '@socialhub/platform/events/wakeup';
import type { Logger } from '@socialhub/platform/log';
import { serviceGauges } from '@socialhub/platform/metrics/service-gauges';
import { backoff } from '@socialhub/platform/retry';
import type { Client } from '../../store/client.ts';
import {
  deleteMail,
  findMailBacklog,
  MAIL_CHANNEL,
  type MailBacklog,
  type MailRow,
  takeDueMails,
  updateMailDead,
  updateMailFailed,
  updateMailPostponed,
} from '../../store/mail/mails.ts';
import type { Throttle, Throttles } from '../throttling/throttles.ts';
import { isRefusedForGood, type Mailer } from './mailer.ts';
import { writeMail } from './write-mail.ts';

const atOnce = 5;
/** Longer than a mail can take to send: nobody else tries it meanwhile. */
const leaseSeconds = 120;
const safetyNetMs = 15_000;
const maxAttempts = 12;
const pauses = { baseMs: 5_000, maxMs: 3_600_000 };
const drainMs = 10_000;

/** What somebody asks for, and what may go to an address that is not theirs: the rest tells owners what happened. */
const askedFor: ReadonlySet<MailRow['kind']> = new Set([
  'RESET_PASSWORD',
  'VERIFY_EMAIL',
  'CHANGE_EMAIL_FROM',
  'CHANGE_EMAIL_TO',
]);

const watchMails = serviceGauges<keyof MailBacklog>('mails', {
  waiting: 'Mails that have not been sent, due or put off, up to 1,000.',
  failing: 'Of those, the ones that were tried in vain.',
  oldest_seconds: 'How long ago the oldest of those was asked for.',
  dead: 'Mails of the last week that were given up, up to 1,000.',
});

/**
 * Sends the mail that waits, on as many instances as there are. A mail that fails is tried again, later each time, and
 * given up when it is of no use any more, after a dozen tries, or when the server refuses it for good. Of the mails that
 * somebody asks for, an address is sent so many of each kind; what is more is dropped, or waits. One is
 * sent twice, with the same Message-ID, when an instance dies between sending and noting it. Gives what stops it.
 */
export async function startMailQueue(deps: {
  db: Database<Client>;
  throttles: Throttles;
  log: Logger;
  mailer: Mailer;
  webUrl: string;
}): Promise<() => Promise<void>> {
  const { db, throttles, log, mailer } = deps;
  const stopping = new AbortController();
  const wakeup = createWakeup();
  const stopListening = await db.listen(MAIL_CHANNEL, wakeup.notify);
  const stopWatching = watchMails('auth', () => findMailBacklog(db.prisma));

  const running = (async () => {
    while (!stopping.signal.aborted) {
      const sent = await sendDue().catch((error: unknown) => {
        log.warn({ err: error }, 'the mail that waits could not be read; it is tried again');
        return 0;
      });
      if (sent < atOnce) await wakeup.sleep(safetyNetMs, stopping.signal);
    }
  })();

  async function sendDue(): Promise<number> {
    const mails = await takeDueMails(db.prisma, atOnce, leaseSeconds);
    await Promise.all(mails.map(sendOne));
    return mails.length;
  }

  async function sendOne(mail: MailRow): Promise<void> {
    try {
      if (mail.expiresAt.getTime() <= Date.now()) {
        if (waits(mail) && mail.lastError === null) return await deleteMail(db.prisma, mail.id);
        throw new GivenUp(`not sent in time: ${mail.lastError}`);
      }
      const early = waits(mail) ? await secondsToWait(throttles.mailsPerRecipient.check, mail) : null;
      if (early !== null) return await postpone(mail, early);
      const message = await writeMail(db.prisma, mail, deps.webUrl);
      const seconds = message && (await secondsToWait(throttles.mailsPerRecipient.count, mail));
      if (seconds !== null && waits(mail)) return await postpone(mail, seconds);
      if (message && seconds === null) await mailer.send(message);
      await deleteMail(db.prisma, mail.id);
    } catch (error) {
      await noteFailure(mail, error);
    }
  }

  async function postpone(mail: MailRow, seconds: number): Promise<void> {
    await updateMailPostponed(db.prisma, mail.id, seconds);
    notifyWhenDue(wakeup.notify, seconds * 1000);
  }

  async function noteFailure(mail: MailRow, error: unknown): Promise<void> {
    const text = error instanceof Error ? error.message : String(error);
    if (mail.attempts >= maxAttempts || isFinal(error)) {
      log.error({ err: error, mail: String(mail.id), kind: mail.kind }, 'a mail was given up');
      return updateMailDead(db.prisma, mail.id, text);
    }
    log.warn(
      { err: error, mail: String(mail.id), kind: mail.kind },
      'a mail was not sent; it is tried again',
    );
    const waitMs = pauses.baseMs / 5 + backoff(mail.attempts, pauses);
    await updateMailFailed(db.prisma, mail.id, text, waitMs / 1000);
    notifyWhenDue(wakeup.notify, waitMs);
  }

  return async () => {
    stopping.abort();
    stopWatching();
    await settledWithin(running, drainMs);
    await stopListening();
    mailer.close();
  };
}

/**
 * What confirms a new address waits until it may go. Of the other kinds, whoever gets no more has one that is as good; here
 * those that strangers asked for confirm nothing of the owner's.
 */
const waits = ({ kind }: MailRow): boolean => kind === 'CHANGE_EMAIL_TO';

/**
 * Until a mail may go; null: now. Counted when it goes: what was asked for and goes to nobody takes nothing from whoever
 * has the address.
 */
async function secondsToWait(
  ask: Throttle['check'],
  { kind, recipient, attempts }: MailRow,
): Promise<number | null> {
  if (!askedFor.has(kind) || attempts > 1) return null;
  try {
    await ask(`${kind} ${recipient}`);
    return null;
  } catch (error) {
    if (error instanceof CodedError) return Number(error.extensions.retryAfter);
    throw error;
  }
}

class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

const isFinal = (error: unknown): boolean => error instanceof GivenUp || isRefusedForGood(error);
