import { createPublicKey } from 'node:crypto';
import { unavailable } from '@socialhub/platform/errors';
import type { Logger } from '@socialhub/platform/log';
import * as z from 'zod';

/** The public keys of whoever issues access tokens. */
export interface Jwks {
  /** The key of this name as PEM, at once when it is known; null when the issuer has none. Rejects with UNAVAILABLE when nobody can tell. */
  find(kid: string): string | Promise<string | null>;
  /** Ends the refreshing. */
  stop(): void;
}

/** In milliseconds. */
export interface KeyTimes {
  /** An unknown key makes the issuer be asked so often at most. */
  cooldown: number;
  /** So often at most when the last answer was none. */
  retry: number;
  /** The issuer is asked anyway. */
  refresh: number;
}

const usual: KeyTimes = { cooldown: 5_000, retry: 1_000, refresh: 300_000 };
const timeoutMs = 3_000;

/** RFC 7517, as far as it is ours: Ed25519 keys (RFC 8037) that sign. Others are no fault, and never found. */
const jwkSet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
const signingKey = z.object({
  kid: z.string().min(1),
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  use: z.literal('sig').optional(),
  alg: z.enum(['EdDSA', 'Ed25519']).optional(),
});

/**
 * Keeps the keys that `url` publishes, also while it does not answer. `changed` is called when there are other keys
 * than before: what one of them has signed may be worth nothing now.
 */
export function createJwks(options: {
  url: string;
  log: Logger;
  changed: () => void;
  times?: Partial<KeyTimes>;
}): Jwks {
  const { url, log, changed } = options;
  const times = { ...usual, ...options.times };
  let keys: Keys | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let hasAnswered = false;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    try {
      const before = keys;
      keys = await fetchKeys(url);
      hasAnswered = true;
      if (before && !areSame(before, keys)) changed();
    } catch (error) {
      hasAnswered = false;
      log.warn({ err: error }, 'the signing keys could not be read');
    } finally {
      // From the answer on, so that one that takes long does not use the pause up.
      askedAt = performance.now();
      asking = undefined;
    }
  }

  async function findAnew(kid: string): Promise<string | null> {
    if (asking || performance.now() - askedAt >= (hasAnswered ? times.cooldown : times.retry)) {
      asking ??= ask();
      await asking;
    }
    const key = keys?.get(kid);
    if (!key && !hasAnswered) throw unavailable();
    return key ?? null;
  }

  const refresh = setInterval(() => {
    if (keys) asking ??= ask();
  }, times.refresh).unref();

  return {
    find: (kid) => keys?.get(kid) ?? findAnew(kid),
    stop: () => clearInterval(refresh),
  };
}

type Keys = ReadonlyMap<string, string>;

const areSame = (some: Keys, others: Keys): boolean =>
  some.size === others.size && [...some].every(([kid, key]) => others.get(kid) === key);

async function fetchKeys(url: string): Promise<Keys> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (response.status !== 200) throw new Error(`the issuer answered with status ${response.status}`);
  const found = new Map<string, string>();
  for (const jwk of jwkSet.parse(await response.json()).keys) {
    const read = signingKey.safeParse(jwk);
    if (!read.success) continue;
    const { kid, kty, crv, x } = read.data;
    // Private parts, were there any, stay out.
    const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
    found.set(kid, key.export({ format: 'pem', type: 'spki' }) as string);
  }
  return found;
}
