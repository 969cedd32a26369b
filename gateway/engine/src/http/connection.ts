import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ConnectionBroke, ProtocolFault, type ResponseSink } from './response.ts';
import { ResponseReader } from './response-reader.ts';

/** Where connections go. */
export interface Origin {
  host: string;
  port: number;
  isSecure: boolean;
}

export function originOf(url: URL): Origin {
  const isSecure = url.protocol === 'https:';
  if (!isSecure && url.protocol !== 'http:')
    throw new Error(`${url.protocol} is not how subgraphs are called`);
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port, isSecure };
}

const readBufferBytes = 65_536;

/** A connection to a subgraph, on which one request is under way at a time. */
export class HttpConnection {
  readonly #socket: Socket;
  readonly #reader: ResponseReader;
  readonly #connectTimer: NodeJS.Timeout;
  readonly #freed: (connection: HttpConnection) => void;
  #sink: ResponseSink | undefined;
  #fault: Error | undefined;
  /** When it may no longer be used, by `performance.now()`; while it is unused. */
  #goodUntil = 0;
  /** When its last request was answered. */
  #answeredAt = 0;
  #isOver = false;

  /** `freed` is called when it can be used again, `closed` once when it is over. */
  constructor(
    origin: Origin,
    options: {
      connectTimeoutMs: number;
      maxResponseBytes: number;
      freed: (connection: HttpConnection) => void;
      closed: (connection: HttpConnection) => void;
    },
  ) {
    this.#reader = new ResponseReader(options.maxResponseBytes);
    this.#freed = options.freed;
    this.#socket = this.#open(origin);
    this.#socket.setNoDelay(true);
    this.#connectTimer = setTimeout(
      () => this.#socket.destroy(new Error(`no connection within ${options.connectTimeoutMs} ms`)),
      options.connectTimeoutMs,
    );
    this.#socket.once(origin.isSecure ? 'secureConnect' : 'connect', () => clearTimeout(this.#connectTimer));
    this.#socket.on('error', (error) => {
      this.#fault ??= error;
    });
    this.#socket.on('end', () => this.#ended());
    this.#socket.on('close', () => {
      clearTimeout(this.#connectTimer);
      this.#isOver = true;
      options.closed(this);
      this.#fail(this.#fault);
    });
  }

  /** Whether a request may be written to it, as far as can be known. */
  isGood(now: number): boolean {
    return (
      !this.#isOver && now < this.#goodUntil && this.#socket.writable && this.#socket.writableLength === 0
    );
  }

  unusedFor(now: number): number {
    return now - this.#answeredAt;
  }

  /** Writes a request, whose text has no byte that is not ASCII when `isAscii`; `sink` is told how it goes. */
  send(text: string, isAscii: boolean, sink: ResponseSink): void {
    this.#sink = sink;
    this.#socket.write(text, isAscii ? 'latin1' : 'utf8');
  }

  /** Ends it, and nobody is told. */
  destroy(): void {
    this.#sink = undefined;
    this.#isOver = true;
    this.#socket.destroy();
  }

  #open({ host, port, isSecure }: Origin): Socket {
    if (isSecure) {
      const servername = isIP(host) ? undefined : host;
      const socket = connectTls({
        host,
        port,
        ALPNProtocols: ['http/1.1'],
        ...(servername && { servername }),
      });
      socket.on('data', (bytes) => this.#read(bytes));
      return socket;
    }
    // One buffer for all that comes, past the streams: reading makes no garbage.
    return connectTcp({
      host,
      port,
      onread: {
        buffer: Buffer.allocUnsafeSlow(readBufferBytes),
        callback: (length, buffer) => {
          this.#read((buffer as Buffer).subarray(0, length));
          return true;
        },
      },
    });
  }

  #read(bytes: Buffer): void {
    if (this.#isOver) return;
    try {
      if (!this.#sink) throw new ProtocolFault('something came that was not asked for');
      const answer = this.#reader.read(bytes);
      if (!answer) return;
      const sink = this.#sink;
      this.#sink = undefined;
      if (answer.keepAliveMs > 0) {
        this.#answeredAt = performance.now();
        this.#goodUntil = this.#answeredAt + answer.keepAliveMs;
        this.#freed(this);
      } else {
        this.#isOver = true;
        this.#socket.end();
      }
      sink.answered(answer);
    } catch (error) {
      this.#isOver = true;
      this.#socket.destroy();
      this.#fail(error as Error);
    }
  }

  #ended(): void {
    this.#isOver = true;
    const sink = this.#sink;
    const answer = sink && this.#reader.end();
    if (!answer) return;
    this.#sink = undefined;
    sink.answered(answer);
  }

  #fail(cause: Error | undefined): void {
    const sink = this.#sink;
    this.#sink = undefined;
    if (!sink) return;
    sink.failed(
      cause && !isBreak(cause)
        ? cause
        : new ConnectionBroke('the connection broke before the answer was there', { cause }),
    );
  }
}

const breaks = new Set(['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ECONNABORTED']);

const isBreak = (error: Error) => 'code' in error && breaks.has(String(error.code));
