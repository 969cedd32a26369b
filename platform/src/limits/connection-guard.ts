import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { countRefusal } from '../metrics/refusals.ts';
import { type FairPlaces, Place } from './fair-places.ts';

/** Sees to it that nobody has more connections than their share, and that there are not more than can be served. */
export interface ConnectionGuard {
  /** A place that the connection takes beside its own until it closes, for what it has become. */
  hold(socket: Duplex, places: FairPlaces, place: Place): void;
  /** The place that `hold` was given. */
  heldBy(socket: Duplex): Place | undefined;
  /** From now on it is not counted: who is at the other end counts its own clients. */
  trust(socket: Duplex): void;
}

const open = Symbol('open connection');
/** Where each connection has its own: a table of them all would have to be looked up in. */
type Guarded = Duplex & { [open]?: OpenConnection };

class OpenConnection extends Place {
  readonly socket: Socket;
  readonly places: FairPlaces;
  further: { places: FairPlaces; place: Place } | undefined = undefined;

  constructor(socket: Socket, places: FairPlaces) {
    super();
    this.socket = socket;
    this.places = places;
  }

  cut(): void {
    countRefusal('connections');
    if (this.further) this.further.place.cut();
    else this.socket.destroy();
  }
}

/** `addressOf` gives by what a connection is counted. One for which there is no place is closed without a word. */
export function guardConnections(
  server: Server,
  places: FairPlaces,
  addressOf: (socket: Socket) => string,
): ConnectionGuard {
  server.on('connection', (socket: Socket) => {
    const connection = new OpenConnection(socket, places);
    if (places.take(addressOf(socket), connection)) {
      countRefusal('connections');
      socket.destroy();
      return;
    }
    (socket as Guarded)[open] = connection;
    socket.on('close', closed);
  });
  return {
    hold(socket: Guarded, its, place) {
      const connection = socket[open];
      if (connection) connection.further = { places: its, place };
    },
    heldBy: (socket: Guarded) => socket[open]?.further?.place,
    trust(socket: Guarded) {
      const connection = socket[open];
      if (connection) places.leave(connection);
    },
  };
}

/** One for all: there are tens of thousands. */
function closed(this: Guarded): void {
  const connection = this[open];
  if (!connection) return;
  connection.places.leave(connection);
  connection.further?.places.leave(connection.further.place);
}
