import { createWakeup } from '@socialhub/platform/events/wakeup';
import { roles } from '@socialhub/platform/identity/identity';
import {
  createIdentitySigner,
  deriveIdentityKeys,
  IDENTITY_HEADER,
  type IdentityKey,
} from '@socialhub/platform/identity/identity-signer';
import type { Logger } from '@socialhub/platform/log';
import { backoff } from '@socialhub/platform/retry';
import * as z from 'zod';
import type { RevokedTokens } from './revoked-tokens.ts';

const timeoutMs = 5_000;
const waits = { baseMs: 250, maxMs: 5_000 };

/** `everyMs`, a fifth more or less, with a question that hangs and its repetition stays below 30 seconds. */
export const syncTimes = { everyMs: 15_000, blindAfterMs: 60_000 };
export type SyncTimes = typeof syncTimes;

const answer = z.object({
  sessionIds: z.array(z.string()),
  roles: z.array(z.object({ userId: z.string(), role: z.enum(roles) })),
});

/**
 * Asks the auth service what was revoked since its last answer: at the start, whenever signals may have been missed, and again and
 * again, since a signal is lost without a word. With neither an answer nor a broker for a minute the gateway is blind.
 */
export interface RevocationsSync {
  /** Asks at once. */
  askNow(): void;
  stop(): void;
}

export function startRevocationsSync(options: {
  authUrl: string;
  identityKeys: readonly IdentityKey[];
  revoked: RevokedTokens;
  /** Whether signals come at present, as far as one can tell. */
  hearsSignals: () => boolean;
  times?: SyncTimes | undefined;
  log: Logger;
}): RevocationsSync {
  const { authUrl, revoked, hearsSignals, times = syncTimes, log } = options;
  const sign = createIdentitySigner(deriveIdentityKeys(options.identityKeys, 'auth'), 'auth');
  const stopping = new AbortController();
  const wakeup = createWakeup();
  /** When the last question was put that was answered. */
  let answered: number | undefined;
  let heardAt = performance.now();

  async function ask(): Promise<void> {
    const asked = performance.now();
    const since = answered === undefined ? '' : `?seconds=${Math.ceil((asked - answered) / 1000)}`;
    const catchUp = revoked.catchUp();
    const response = await fetch(`${authUrl}/revocations${since}`, {
      headers: { [IDENTITY_HEADER]: sign({ viewer: null, client: { ipAddress: null, userAgent: null } }) },
      redirect: 'error',
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (response.status !== 200) throw new Error(`the auth service answered with status ${response.status}`);
    catchUp(answer.parse(await response.json()));
    answered = asked;
    heardAt = performance.now();
  }

  /** Says how long to wait before the next time. */
  async function turn(failures: number): Promise<number | null> {
    try {
      await ask();
      if (revoked.setBlind(false)) log.warn('revocations are known again');
      return null;
    } catch (error) {
      if (stopping.signal.aborted) return null;
      if (failures === 0) log.warn({ err: error }, 'what was revoked cannot be read yet');
      if (hearsSignals()) heardAt = performance.now();
      const isBlind = performance.now() - heardAt > times.blindAfterMs;
      if (isBlind && revoked.setBlind(true))
        log.error('no revocation can be known: access tokens are refused');
      return 100 + backoff(failures + 1, waits);
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const retryMs = await turn(failures);
      failures = retryMs === null ? 0 : failures + 1;
      await wakeup.sleep(retryMs ?? times.everyMs * (0.8 + 0.4 * Math.random()), stopping.signal);
    }
  }
  void run();

  return { askNow: wakeup.notify, stop: () => stopping.abort() };
}
