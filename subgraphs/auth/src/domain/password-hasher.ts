import { randomBytes } from 'node:crypto';
import { hash, hashRaw, verify } from '@node-rs/argon2';
import { unavailable } from '@socialhub/platform/errors';
import { createQueue } from './queue.ts';

/** What a hash costs: memory in KiB, passes over it, lanes (RFC 9106). */
export interface HashingCost {
  memoryCost: number;
  timeCost: number;
  parallelism: number;
}

/** OWASP's floor for argon2id, which is the package's default algorithm. */
const floor: HashingCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const maxWaiting = 2_000;

export interface PasswordHasher {
  /** The password's hash in PHC form. Throws UNAVAILABLE when too many are waiting. */
  hash(password: string): Promise<string>;
  /** Whether `password` made `phc`. Without a hash it takes as long as with one, and is false. */
  verify(phc: string | null, password: string): Promise<boolean>;
  /** What a secret gives with this salt, always the same: for secrets that are too short for a quick hash. */
  derive(secret: string, salt: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /** Whether `phc` was made with other parameters than are used now. */
  isOutdated(phc: string): boolean;
}

/** Hashes with argon2id, `atOnce` at a time: the memory it takes is bounded, the rest waits its turn. Only tests name another cost. */
export function createPasswordHasher(atOnce: number, parameters = floor): PasswordHasher {
  const { memoryCost, timeCost, parallelism } = parameters;
  const current = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`;
  const enqueue = createQueue({ atOnce, maxWaiting, full: () => unavailable('Too many sign-ins at once') });
  const run = (password: string) => enqueue(() => hash(password, parameters));
  // What an unknown account is compared with.
  let dummy: Promise<string> | undefined;

  return {
    hash: run,
    async verify(phc, password) {
      dummy ??= hash(randomBytes(32), parameters);
      const against = phc ?? (await dummy);
      const matches = await enqueue(() => verify(against, password));
      return matches && phc !== null;
    },
    derive: (secret, salt) =>
      enqueue(async () => new Uint8Array(await hashRaw(secret, { ...parameters, salt }))),
    isOutdated: (phc) => !phc.startsWith(current),
  };
}
