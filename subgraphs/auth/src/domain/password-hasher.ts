import { randomBytes } from 'node:crypto';
import { hash, hashRaw, verify } from '@node-rs/argon2';
import { unavailable } from '@socialhub/platform/errors';
import { createQueue } from './queue.ts';

// OWASP's floor for argon2id, which is the package's default algorithm.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const current = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;
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

/** Hashes with argon2id, `atOnce` at a time: the memory it takes is bounded, the rest waits its turn. */
export function createPasswordHasher(atOnce: number): PasswordHasher {
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
