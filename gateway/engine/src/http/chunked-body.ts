import { ProtocolFault, ResponseTooLarge } from './response.ts';

const maxLineBytes = 1024;
const maxTrailerLines = 50;
const lineEnd = Buffer.from('\r\n');

/** Reads one chunked body (RFC 9112 section 7.1). Extensions and trailers are passed over. */
export class ChunkedBody {
  readonly #maxBytes: number;
  readonly #parts: Buffer[] = [];
  #bytes = 0;
  #reading: 'size' | 'data' | 'data end' | 'trailers' = 'size';
  /** Of the chunk that is coming. */
  #missing = 0;
  #trailers = 0;
  /** The beginning of a line whose end has not come. */
  #line: Buffer | undefined;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Gives the text when these bytes complete it. Throws ProtocolFault, also for bytes that come after it, and ResponseTooLarge. */
  read(bytes: Buffer): string | undefined {
    let at = 0;
    while (at < bytes.length) {
      if (this.#reading === 'data') {
        const part = bytes.subarray(at, at + this.#missing);
        this.#parts.push(Buffer.from(part));
        at += part.length;
        this.#missing -= part.length;
        if (this.#missing === 0) this.#reading = 'data end';
        continue;
      }
      const end = this.#endOfLine(bytes, at);
      if (end === -1) return undefined;
      const line = this.#takeLine(bytes, at, end);
      at = end;
      if (!this.#readLine(line)) continue;
      if (at < bytes.length) throw new ProtocolFault('more came than the answer');
      return Buffer.concat(this.#parts, this.#bytes).toString('utf8');
    }
    return undefined;
  }

  /** Where the line that begins at `at` is over; -1, and its beginning kept, when that is still to come. */
  #endOfLine(bytes: Buffer, at: number): number {
    // The two bytes may have come apart.
    if (this.#line?.at(-1) === 13 && bytes[at] === 10) return at + 1;
    const end = bytes.indexOf(lineEnd, at);
    const length = (this.#line?.length ?? 0) + (end === -1 ? bytes.length : end) - at;
    if (length > maxLineBytes) throw new ProtocolFault('a line of a chunked answer is too long');
    if (end !== -1) return end + lineEnd.length;
    const rest = Buffer.from(bytes.subarray(at));
    this.#line = this.#line ? Buffer.concat([this.#line, rest]) : rest;
    return -1;
  }

  #takeLine(bytes: Buffer, at: number, end: number): string {
    const rest = bytes.subarray(at, end);
    const whole = this.#line ? Buffer.concat([this.#line, rest]) : rest;
    this.#line = undefined;
    return whole.toString('latin1', 0, whole.length - lineEnd.length);
  }

  /** Says whether that was the last line. */
  #readLine(line: string): boolean {
    switch (this.#reading) {
      case 'size': {
        const size = /^([0-9a-f]{1,8})[ \t]*(?:;|$)/i.exec(line)?.[1];
        if (size === undefined) throw new ProtocolFault("a chunk's size is no number");
        this.#missing = Number.parseInt(size, 16);
        this.#bytes += this.#missing;
        if (this.#bytes > this.#maxBytes) {
          throw new ResponseTooLarge(`the answer has more than ${this.#maxBytes} bytes`);
        }
        this.#reading = this.#missing === 0 ? 'trailers' : 'data';
        return false;
      }
      case 'data end':
        if (line !== '') throw new ProtocolFault('a chunk is longer than its size');
        this.#reading = 'size';
        return false;
      default:
        this.#trailers += 1;
        if (this.#trailers > maxTrailerLines) throw new ProtocolFault('the answer has too many trailers');
        return line === '';
    }
  }
}
