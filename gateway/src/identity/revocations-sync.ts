import {
  createIdentitySigner,
  deriveIdentityKeys,
  IDENTITY_HEADER,
  type IdentityKey,
} from '@socialhub/platform/identity/identity-signer';
import type { Logger } from '@socialhub/platform/log';
import { backoff, pause } from '@socialhub/platform/retry';
import * as z from 'zod';

const timeoutMs = 5_000;
const waits = { baseMs: 250, maxMs: 5_000 };
const answer = z.object({ sessionIds: z.array(z.string()) });

/** Learns of the sessions that ended while this gateway did not listen: before it was started, or while the broker was away. */
export interface EndedSessionsSync {
  /** Asks the auth service, again and again until it answers. */
  begin(): void;
  stop(): void;
}

export function createEndedSessionsSync(options: {
  authUrl: string;
  identityKeys: readonly IdentityKey[];
  /** Is told of each of them. */
  ended: (sessionId: string) => void;
  log: Logger;
}): EndedSessionsSync {
  const { authUrl, ended, log } = options;
  const sign = createIdentitySigner(deriveIdentityKeys(options.identityKeys, 'auth'), 'auth');
  const stopping = new AbortController();
  let asked = 0;

  async function ask(): Promise<void> {
    const response = await fetch(`${authUrl}/ended-sessions`, {
      headers: { [IDENTITY_HEADER]: sign({ viewer: null, client: { ipAddress: null, userAgent: null } }) },
      redirect: 'error',
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (response.status !== 200) throw new Error(`the auth service answered with status ${response.status}`);
    for (const sessionId of answer.parse(await response.json()).sessionIds) ended(sessionId);
  }

  async function run(turn: number): Promise<void> {
    for (let attempt = 1; turn === asked; attempt += 1) {
      try {
        return await ask();
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (attempt === 1) log.warn({ err: error }, 'the sessions that have ended cannot be read yet');
        if (!(await pause(100 + backoff(attempt, waits), stopping.signal))) return;
      }
    }
  }

  return {
    begin() {
      // A later one asks for what an earlier one would have been told.
      asked += 1;
      void run(asked);
    },
    stop: () => stopping.abort(),
  };
}
