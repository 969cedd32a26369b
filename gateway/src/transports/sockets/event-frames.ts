import type { Socket } from 'node:net';
import type { LiveEvent } from '@socialhub/federation-engine';

/** Events longer than this are kept once for all readers; shorter ones are cheaper to copy. */
const sharedFrom = 4096;

/**
 * Writes events past `ws`, each as one text frame: serialised for all of its readers, and but for the prefix, which has the
 * subscription's id, the same bytes.
 */
export function writeEvents(raw: Socket, prefix: string, events: readonly LiveEvent[]): void {
  let text = '';
  let isCorked = false;
  for (const event of events) {
    const { bytes } = event;
    text += frameHeader(prefix.length + bytes.length + 1) + prefix;
    if (bytes.length < sharedFrom) {
      text += `${bytes}}`;
      continue;
    }
    if (!isCorked) raw.cork();
    isCorked = true;
    raw.write(text, 'latin1');
    raw.write(event.buffer);
    text = '}';
  }
  raw.write(text, 'latin1');
  if (isCorked) raw.uncork();
}

/** Of an unmasked text frame that is not continued, one byte a character. */
function frameHeader(length: number): string {
  if (length < 126) return String.fromCharCode(0x81, length);
  if (length < 65_536) return String.fromCharCode(0x81, 126, length >> 8, length & 255);
  const high = Math.floor(length / 2 ** 32);
  const bytes = [high, length % 2 ** 32].flatMap((word) =>
    [24, 16, 8, 0].map((shift) => (word >>> shift) & 255),
  );
  return String.fromCharCode(0x81, 127, ...bytes);
}
