import type { Socket } from 'node:net';
import type { LiveEvent } from '@socialhub/federation-engine';
import { CodedError } from '@socialhub/platform/errors';
import type { Logger } from '@socialhub/platform/log';
import { countRefusal } from '@socialhub/platform/metrics/refusals';
import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import type { RawData } from 'ws';
import { type AtOnce, shortBytes, takeSocketOfViewer, takeSubscription } from '../../admission/at-once.ts';
import type { RateLimits } from '../../admission/rate-limit.ts';
import type {
  CloseReason,
  ConnectionSession,
  ConnectionSessions,
  SessionOrigin,
  SessionOwner,
} from '../../identity/connection-sessions.ts';
import { BeginningOperations } from './beginning-operations.ts';
import type { ClientSocket, SocketListener } from './client-socket.ts';
import { closeCode } from './close-codes.ts';
import { writeEvents } from './event-frames.ts';
import { nextTurn } from './ping-turns.ts';
import { countMessage, parseMessage } from './socket-messages.ts';

/** So many messages beyond its rate a client may send before it is sent away: each is still read and refused. */
const maxExcess = 100;

type OnMessage = (text: string) => Promise<void>;
type OnClosed = (code: number, reason: string) => Promise<void>;

/** What all connections of an edge have in common. */
export interface SocketConnections {
  readonly all: Set<SocketConnection>;
  /** Those that have not sent connection_init, and until when they have to. */
  readonly uninitialised: Map<SocketConnection, number>;
  readonly sessions: ConnectionSessions;
  readonly waitingBytes: number;
  readonly initTimeoutMs: number;
  readonly rates: RateLimits;
  readonly atOnce: AtOnce;
  readonly log: Logger;
}

/**
 * One client's socket as the protocol sees it, and the short way for subscriptions' events. A class and no
 * closures: there are tens of thousands, and what each of them weighs counts.
 */
export class SocketConnection implements ProtocolSocket, SessionOwner, SocketListener {
  readonly protocol: string;
  readonly socket: ClientSocket;
  readonly session: ConnectionSession;
  /** Heard from since the last ping. */
  isAlive = true;
  /** Which of the turns of pings it takes part in. */
  readonly turn: number;
  readonly beginning = new BeginningOperations();
  /** Why the message that is being read is more than its client may send. */
  excess: CodedError | null = null;
  readonly #raw: Socket;
  readonly #shared: SocketConnections;
  #onMessage: OnMessage | undefined = undefined;
  #onClosed: OnClosed | undefined = undefined;
  /** Bytes that had been read when the last message was whole. */
  #heard: number;
  #excesses = 0;
  /** Who has one socket more for this one. */
  #viewer: string | undefined = undefined;

  constructor(
    shared: SocketConnections,
    socket: ClientSocket,
    /** What the WebSocket writes to. */
    raw: Socket,
    from: SessionOrigin,
  ) {
    this.socket = socket;
    this.protocol = socket.protocol;
    this.#raw = raw;
    this.#heard = raw.bytesRead;
    this.#shared = shared;
    this.session = shared.sessions.open(this, from);
    this.turn = nextTurn();
    shared.all.add(this);
    shared.uninitialised.set(this, Date.now() + shared.initTimeoutMs);
    socket.tell(this);
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Bytes that wait for the reader. */
  get waiting(): number {
    return this.#raw.writableLength;
  }

  /** Bytes that are kept for this client: those that wait, and those of a message that has begun. */
  get kept(): number {
    return this.waiting + this.#raw.bytesRead - this.#heard;
  }

  cut(): void {
    this.socket.terminate();
  }

  send(data: string): void {
    if (this.isOpen && this.hasRoom()) this.socket.send(data);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  closeFor(reason: CloseReason): void {
    this.close(reason === 'unavailable' ? closeCode.tryAgainLater : closeCode.forbidden, reason);
  }

  onMessage(handle: OnMessage): void {
    this.#onMessage = handle;
  }

  /** Has the protocol library told when the socket has closed. */
  onClosed(handle: OnClosed): void {
    this.#onClosed = handle;
  }

  /** Its connection_init has come. */
  initialised(): void {
    this.#shared.uninitialised.delete(this);
  }

  /** Counts one socket more of whoever has signed in. False: they have too many, and this one is being closed. */
  admitViewer(): boolean {
    const userId = this.session.context.viewer?.userId;
    if (!this.isOpen || userId === undefined) return this.isOpen;
    const refusal = takeSocketOfViewer(this.#shared.atOnce, userId);
    if (refusal !== null) {
      this.close(closeCode.tryAgainLater, refusal);
      return false;
    }
    this.#viewer = userId;
    return true;
  }

  /**
   * Notes that an operation begins. False: one with this id, which the client has completed, still does; the library would
   * take the one for the other, so that the socket is being closed.
   */
  begins(id: string): boolean {
    if (this.beginning.add(id)) return true;
    this.close(closeCode.idInUse, `Subscriber for ${id.slice(0, 40)} already exists`);
    return false;
  }

  /** See takeSubscription. */
  countSubscription(): string {
    return takeSubscription(this.#shared.atOnce, this.session.context);
  }

  subscriptionEnded(key: string): void {
    this.#shared.atOnce.subscriptions.leave(key);
  }

  /** Counts what has come; sets `excess` when that is too much. */
  #count(bytes: number): void {
    this.excess = countMessage(this.#shared.rates, this.session.context, bytes);
    if (!this.excess) {
      if (this.#excesses > 0) this.#excesses -= 1;
      return;
    }
    this.#excesses += 1;
    // To be refused by its id it would have to be read.
    if (this.#excesses > maxExcess || bytes > shortBytes) {
      countRefusal('messages');
      this.close(closeCode.tryAgainLater, 'Too many messages');
    }
  }

  take(data: RawData, isBinary: boolean): void {
    this.isAlive = true;
    this.#heard = this.#raw.bytesRead;
    const text = String(data);
    this.#count(text.length);
    if (!this.isOpen) return;
    const message = parseMessage(text, isBinary);
    if (message instanceof CodedError) {
      this.close(closeCode.badRequest, message.message);
      return;
    }
    this.#onMessage?.(message).catch((error: unknown) => {
      this.#shared.log.error({ err: error }, 'unexpected error in a socket operation');
      this.close(closeCode.tryAgainLater, 'Try again later');
    });
  }

  takePing(data: Buffer): void {
    this.isAlive = true;
    this.#count(data.length);
    if (this.isOpen && !this.excess && this.hasRoom()) this.socket.pong(data);
  }

  /** One that answers no ping of ours is the client's own idea. */
  takePong(): void {
    if (this.isAlive) this.#count(0);
    this.isAlive = true;
  }

  closed(code: number, reason: string): void {
    this.#shared.all.delete(this);
    this.initialised();
    if (this.#viewer !== undefined) this.#shared.atOnce.socketsOfViewers.leave(this.#viewer);
    this.#viewer = undefined;
    this.session.end();
    this.#onClosed?.(code, reason).catch((error: unknown) =>
      this.#shared.log.error({ err: error }, 'a socket did not end cleanly'),
    );
  }

  async onPing(payload: Record<string, unknown> | undefined): Promise<void> {
    const { authorization, ...rest } = payload ?? {};
    if (authorization !== undefined && !(await this.session.renew(authorization))) return;
    this.send(JSON.stringify({ type: 'pong', ...(Object.keys(rest).length > 0 && { payload: rest }) }));
  }

  /** Pings by a WebSocket frame, which browsers answer by themselves; an unanswered one ends the socket. */
  ping(): void {
    if (!this.isAlive) this.socket.terminate();
    this.isAlive = false;
    if (this.isOpen) this.socket.ping();
  }

  /** False: the reader is too slow and is being sent away; it may come back with its cursor. */
  hasRoom(): boolean {
    if (this.waiting <= this.#shared.waitingBytes) return true;
    this.close(closeCode.tryAgainLater, 'Too slow');
    return false;
  }

  /** Sends events past the protocol library. False when nothing goes to this socket any more. */
  sendEvents(prefix: string, events: readonly LiveEvent[]): boolean {
    if (!this.isOpen || !this.hasRoom()) return false;
    writeEvents(this.#raw, prefix, events);
    return true;
  }

  failed(error: Error): void {
    this.#shared.log.debug({ err: error }, 'a socket failed');
  }
}
