import { type RawData, WebSocket } from 'ws';

/** What is told of a socket. */
export interface SocketListener {
  take(data: RawData, isBinary: boolean): void;
  takePing(data: Buffer): void;
  takePong(): void;
  failed(error: Error): void;
  closed(code: number, reason: string): void;
}

/** A WebSocket that knows who is told of it, so that its handlers need no closure for each socket. */
export class ClientSocket extends WebSocket {
  listener: SocketListener | undefined = undefined;

  tell(listener: SocketListener): void {
    this.listener = listener;
    this.on('message', heardMessage);
    this.on('ping', heardPing);
    this.on('pong', heardPong);
    this.on('error', failed);
    this.on('close', closed);
  }
}

const listenerOf = (socket: WebSocket) => (socket as ClientSocket).listener;

function heardMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  listenerOf(this)?.take(data, isBinary);
}

function heardPing(this: WebSocket, data: Buffer): void {
  listenerOf(this)?.takePing(data);
}

function heardPong(this: WebSocket): void {
  listenerOf(this)?.takePong();
}

function failed(this: WebSocket, error: Error): void {
  listenerOf(this)?.failed(error);
}

function closed(this: WebSocket, code: number, reason: Buffer): void {
  listenerOf(this)?.closed(code, String(reason));
}
