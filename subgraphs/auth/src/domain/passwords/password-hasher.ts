import { randomBytes } from 'node:crypto';
import { hash, hashRaw, verify } from '@node-rs/argon2';
import { networkOf } from '@socialhub/platform/http/network';
import { createFairQueue } from '@socialhub/platform/limits/fair-queue';

/** What a hash costs: memory in KiB, passes over it, lanes (RFC 9106). */
export interface HashingCost {
  memoryCost: number;
  timeCost: number;
  parallelism: number;
}

/** OWASP's floor for argon2id, which is the package's default algorithm. */
const floor: HashingCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const waitMs = 4_000;

/** Where it is asked for: addresses take turns, by network. */
type Address = string | null;

/** All of it throws RATE_LIMITED where too much waits already for this guesser or address, or too long. */
export interface PasswordHasher {
  /** Work that hashes for somebody who guesses at an account, or owns it, at one place: two at once, and few that wait. */
  inTurn<T>(guesser: string, work: () => Promise<T>): Promise<T>;
  /** The password's hash in PHC form. */
  hash(password: string, from: Address): Promise<string>;
  /** Whether `password` made `phc`. Without a hash it takes as long as with one, and is false. */
  verify(phc: string | null, password: string, from: Address): Promise<boolean>;
  /** What a secret gives with this salt, always the same: for secrets that are too short for a quick hash. */
  derive(secret: string, salt: Uint8Array, from: Address): Promise<Uint8Array<ArrayBuffer>>;
  /** Whether `phc` was made with other parameters than are used now. */
  isOutdated(phc: string): boolean;
}

/** Hashes with argon2id, `atOnce` at a time: the memory it takes is bounded, the rest waits its turn. Only tests name another cost. */
export function createPasswordHasher(atOnce: number, parameters = floor): PasswordHasher {
  const { memoryCost, timeCost, parallelism } = parameters;
  const current = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`;
  const guessers = createFairQueue({
    name: 'password hashes',
    atOnce: Number.POSITIVE_INFINITY,
    atOncePerOwner: 2,
    waiting: 1_024,
    waitingPerOwner: 8,
    waitMs,
  });
  const addresses = createFairQueue({
    name: 'password hashes',
    atOnce,
    atOncePerOwner: atOnce,
    waiting: 1_024,
    waitingPerOwner: 256,
    waitMs,
  });
  const enqueue = <T>(from: Address, work: () => Promise<T>) =>
    addresses.run(from === null ? '' : networkOf(from), work);
  // What an unknown account is compared with.
  let dummy: Promise<string> | undefined;

  return {
    inTurn: (guesser, work) => guessers.run(guesser, work),
    hash: (password, from) => enqueue(from, () => hash(password, parameters)),
    async verify(phc, password, from) {
      dummy ??= hash(randomBytes(32), parameters);
      const against = phc ?? (await dummy);
      const matches = await enqueue(from, () => verify(against, password));
      return matches && phc !== null;
    },
    derive: (secret, salt, from) =>
      enqueue(from, async () => new Uint8Array(await hashRaw(secret, { ...parameters, salt }))),
    isOutdated: (phc) => !phc.startsWith(current),
  };
}
