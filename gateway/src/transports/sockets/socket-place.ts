import type { Socket } from 'node:net';
import { Place } from '@socialhub/platform/limits/fair-places';
import { countRefusal } from '@socialhub/platform/metrics/refusals';
import { closeCode } from './close-codes.ts';
import type { SocketConnection } from './socket-connection.ts';

/** The place of a socket among those of its address, from its handshake on. */
export class SocketPlace extends Place {
  readonly raw: Socket;
  connection: SocketConnection | undefined = undefined;

  constructor(raw: Socket) {
    super();
    this.raw = raw;
  }

  cut(): void {
    countRefusal('sockets');
    this.connection?.close(closeCode.tryAgainLater, 'Others need the place');
    this.raw.destroySoon();
  }
}
