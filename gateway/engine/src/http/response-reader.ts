import { ChunkedBody } from './chunked-body.ts';
import { type ResponseHead, readHead } from './head.ts';
import { type HttpResponse, ProtocolFault, ResponseTooLarge } from './response.ts';

const headEnd = Buffer.from('\r\n\r\n');
const maxHeadBytes = 32_768;

/** An answer, and what it says of the connection that it came by. */
export interface ReadResponse extends HttpResponse {
  /** Milliseconds for which the connection may be kept unused; 0: it ends with this answer. */
  keepAliveMs: number;
}

/**
 * Reads the answers of one connection, one after the other (RFC 9112): bodies with a length, chunked, or ended by the
 * connection's end. What it is given is looked at before `read` returns and not kept: the caller may overwrite it.
 */
export class ResponseReader {
  readonly #maxBytes: number;
  #head: ResponseHead | undefined;
  /** What has come of the head. */
  #pending: Buffer | undefined;
  #body: Buffer | undefined;
  #filled = 0;
  #chunked: ChunkedBody | undefined;
  #rest: Buffer[] = [];

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether an answer has begun to come. */
  get hasBegun(): boolean {
    return this.#head !== undefined || this.#pending !== undefined;
  }

  /** Gives the answer when these bytes complete it. Throws ProtocolFault, also for bytes that come after it, and ResponseTooLarge. */
  read(bytes: Buffer): ReadResponse | undefined {
    if (this.#head) return this.#readBody(this.#head, bytes);
    const all = this.#pending ? Buffer.concat([this.#pending, bytes]) : bytes;
    const end = all.indexOf(headEnd);
    if (end > maxHeadBytes || (end === -1 && all.length > maxHeadBytes)) {
      throw new ProtocolFault(`the head of the answer has more than ${maxHeadBytes} bytes`);
    }
    if (end === -1) {
      this.#pending = all === bytes ? Buffer.from(bytes) : all;
      return undefined;
    }
    this.#pending = undefined;
    const head = readHead(all.toString('latin1', 0, end));
    const body = all.subarray(end + headEnd.length);
    // 100 Continue and the like come before the answer.
    if (head.status < 200) return body.length > 0 ? this.read(body) : undefined;
    this.#head = head;
    return this.#readBody(head, body);
  }

  /** The connection has ended: gives the answer that only waited for that. */
  end(): ReadResponse | undefined {
    const head = this.#head;
    if (!head || head.isChunked || head.length !== undefined) return undefined;
    return this.#complete(head, Buffer.concat(this.#rest).toString('utf8'));
  }

  #readBody(head: ResponseHead, bytes: Buffer): ReadResponse | undefined {
    if (head.isChunked) return this.#readChunked(head, bytes);
    const { length } = head;
    if (length === undefined) return this.#readRest(bytes);
    if (length > this.#maxBytes) throw this.#tooLarge();
    if (this.#filled + bytes.length > length) throw new ProtocolFault('more came than the answer');
    // Mostly all of it has come with the head.
    if (bytes.length === length) return this.#complete(head, bytes.toString('utf8', 0, length));
    this.#body ??= Buffer.allocUnsafe(length);
    this.#body.set(bytes, this.#filled);
    this.#filled += bytes.length;
    return this.#filled === length ? this.#complete(head, this.#body.toString('utf8', 0, length)) : undefined;
  }

  #readChunked(head: ResponseHead, bytes: Buffer): ReadResponse | undefined {
    this.#chunked ??= new ChunkedBody(this.#maxBytes);
    const text = this.#chunked.read(bytes);
    return text === undefined ? undefined : this.#complete(head, text);
  }

  #readRest(bytes: Buffer): undefined {
    this.#filled += bytes.length;
    if (this.#filled > this.#maxBytes) throw this.#tooLarge();
    this.#rest.push(Buffer.from(bytes));
  }

  #complete({ status, keepAliveMs }: ResponseHead, text: string): ReadResponse {
    this.#head = undefined;
    this.#body = undefined;
    this.#chunked = undefined;
    this.#filled = 0;
    if (this.#rest.length > 0) this.#rest = [];
    return { status, text, keepAliveMs };
  }

  #tooLarge(): ResponseTooLarge {
    return new ResponseTooLarge(`the answer has more than ${this.#maxBytes} bytes`);
  }
}
