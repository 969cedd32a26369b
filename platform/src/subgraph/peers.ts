import type { IncomingMessage } from 'node:http';
import type { Server, Socket } from 'node:net';
import { guardConnections } from '../limits/connection-guard.ts';
import { createFairPlaces, type NoPlace, Place } from '../limits/fair-places.ts';
import { connectionsWithin, openFilesLimit } from '../limits/open-files.ts';
import { countRefusal } from '../metrics/refusals.ts';

/** What those who call a subgraph may hold, in all and each of them. */
export interface PeerBounds {
  connections: number;
  connectionsPerPeer: number;
  /** WebSockets. */
  sockets: number;
  socketsPerPeer: number;
}

/** A gateway has 64 connections to a subgraph, and one WebSocket. */
export const usualPeerBounds = (): PeerBounds => ({
  connections: Math.min(2048, connectionsWithin(openFilesLimit())),
  connectionsPerPeer: 1024,
  sockets: 256,
  socketsPerPeer: 64,
});

/** Those who call a subgraph, by the addresses that they have within the network. */
export interface Peers {
  /** Takes a place for the WebSocket that a connection is to become; null: it has one until it closes. */
  takeSocket(request: IncomingMessage): NoPlace | null;
}

/** Bounds the connections of a server. Who has most gives way when all are taken; one beyond its share is closed. */
export function boundPeers(server: Server, bounds: PeerBounds): Peers {
  const peerOf = ({ remoteAddress = 'unknown' }: Socket) => remoteAddress;
  const connections = createFairPlaces({ total: bounds.connections, perKey: bounds.connectionsPerPeer });
  const sockets = createFairPlaces({ total: bounds.sockets, perKey: bounds.socketsPerPeer });
  const guard = guardConnections(server, connections, peerOf);
  return {
    takeSocket({ socket }) {
      const place = new SocketPlace(socket);
      const refused = sockets.take(peerOf(socket), place);
      if (refused) countRefusal('sockets');
      else guard.hold(socket, sockets, place);
      return refused;
    },
  };
}

class SocketPlace extends Place {
  readonly socket: Socket;

  constructor(socket: Socket) {
    super();
    this.socket = socket;
  }

  cut(): void {
    countRefusal('sockets');
    this.socket.destroy();
  }
}
