import { randomFillSync } from 'node:crypto';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

// Random bytes for many ids at once: asking for them costs more than the rest of an id.
const idsAtOnce = 256;
const pool = Buffer.alloc(16 * idsAtOnce);
let used = idsAtOnce;

/** A new UUID of version 7 (RFC 9562 section 5.7): sorts by its millisecond, 74 random bits. */
export function uuidv7(now: number = Date.now()): string {
  if (used === idsAtOnce) {
    randomFillSync(pool);
    used = 0;
  }
  const start = used * 16;
  used += 1;
  pool.writeUIntBE(now, start, 6);
  pool[start + 6] = ((pool[start + 6] as number) & 0x0f) | 0x70;
  pool[start + 8] = ((pool[start + 8] as number) & 0x3f) | 0x80;
  const hex = pool.toString('hex', start, start + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Whether the text is a UUID, in either case. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}

/** When a version 7 UUID was made, in milliseconds since 1970; null for any other version. */
export function uuidTime(id: string): number | null {
  return id.charAt(14) === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
}

/** Whether an id was made in the last ten seconds, so that a replica may not have heard of it yet. */
export function isFresh(id: string, now: number = Date.now()): boolean {
  const time = uuidTime(id);
  return time !== null && Math.abs(now - time) < 10_000;
}

/** Whether an id was made in the last hour: a file's is as old as its upload, and what tells that it is ready comes later. */
export function isRecent(id: string, now: number = Date.now()): boolean {
  const time = uuidTime(id);
  return time !== null && Math.abs(now - time) < 3_600_000;
}

/** Who a person was whose account is erased, where something of others' hangs on what they wrote. */
export const erasedUserId = '00000000-0000-0000-0000-000000000000';
