import type { IncomingMessage } from 'node:http';
import { unavailable } from '@socialhub/platform/errors';
import {
  type Counts,
  createCounts,
  createFairPlaces,
  type FairPlaces,
  Place,
} from '@socialhub/platform/limits/fair-places';
import { connectionsWithin, openFilesLimit } from '@socialhub/platform/limits/open-files';
import { countRefusal } from '@socialhub/platform/metrics/refusals';
import type { GatewayContext } from '../context.ts';
import { addressKey, RateLimited } from './rate-limit.ts';

/** How much somebody may hold at the same time; 0 sets no limit. */
export interface AtOnceSettings {
  /** Connections of all clients, whatever for; undefined: what the descriptors of this process allow. */
  connections: number | undefined;
  connectionsPerAddress: number;
  /** Sockets and streams. */
  socketsPerAddress: number;
  socketsPerViewer: number;
  /** Over all sockets and streams; for people who are signed out, of each address. */
  subscriptionsPerViewer: number;
}

/** What is held at the moment, by whom. */
export interface AtOnce {
  /** Connections, by the address of whoever connects. */
  readonly connections: FairPlaces;
  /** Sockets and streams, by the address of the client. */
  readonly sockets: FairPlaces;
  /** Bodies that are long to read, by the address of the client. */
  readonly bodies: FairPlaces;
  readonly socketsOfViewers: Counts;
  readonly subscriptions: Counts;
  readonly settings: AtOnceSettings;
}

/** Of the connections, so that requests and handshakes always find one. */
const shareOfSockets = 0.8;
/** Each is up to the limit of a body in memory; none is read for longer than half a minute. */
const bodies = { total: 256, perKey: 32 };

export function createAtOnce(settings: AtOnceSettings): AtOnce {
  const { connections = connectionsWithin(openFilesLimit()) } = settings;
  const total = connections > 0 ? connections : Number.POSITIVE_INFINITY;
  return {
    connections: createFairPlaces({ total, perKey: settings.connectionsPerAddress }),
    sockets: createFairPlaces({
      total: Math.ceil(total * shareOfSockets),
      perKey: settings.socketsPerAddress,
    }),
    bodies: createFairPlaces(bodies),
    socketsOfViewers: createCounts(settings.socketsPerViewer),
    subscriptions: createCounts(settings.subscriptionsPerViewer),
    settings,
  };
}

/** Throws RateLimited when the address has its share, UNAVAILABLE when there is no place for anybody. */
export function takeSocketPlace({ sockets, settings }: AtOnce, address: string, place: Place): void {
  const refused = sockets.take(address, place);
  if (refused) countRefusal('sockets');
  if (refused === 'total') throw unavailable();
  if (refused) throw tooMany('sockets and streams from this address', settings.socketsPerAddress);
}

/** Counts one socket more of somebody. Gives why they may not have it; null when they may. */
export function takeSocketOfViewer({ socketsOfViewers, settings }: AtOnce, userId: string): string | null {
  if (socketsOfViewers.take(userId)) return null;
  countRefusal('sockets');
  return `Too many sockets of this account: at most ${settings.socketsPerViewer}`;
}

/** Whoever is counted for a subscription that starts now. Throws RateLimited when they have too many. */
export function takeSubscription(
  { subscriptions, settings }: AtOnce,
  { viewer, client }: Pick<GatewayContext, 'viewer' | 'client'>,
): string {
  const key = viewer?.userId ?? addressKey(client);
  if (subscriptions.take(key)) return key;
  countRefusal('subscriptions');
  throw tooMany('subscriptions', settings.subscriptionsPerViewer);
}

/** Longer ones are few at a time, and so are those whose length is not known or would be another when inflated. */
export const shortBytes = 16_384;

export function isShortBody({ headers, method }: IncomingMessage): boolean {
  if (method !== 'POST') return true;
  return (
    Number(headers['content-length'] ?? Number.NaN) <= shortBytes && headers['content-encoding'] === undefined
  );
}

class BodyPlace extends Place {
  readonly request: IncomingMessage;

  constructor(request: IncomingMessage) {
    super();
    this.request = request;
  }

  cut(): void {
    countRefusal('large bodies');
    this.request.destroy();
  }
}

/** Takes a place for the body of a request until it has been read. Throws as `takeSocketPlace` does. */
export function takeBodyPlace({ bodies: places }: AtOnce, address: string, request: IncomingMessage): void {
  if (isShortBody(request)) return;
  const place = new BodyPlace(request);
  const refused = places.take(address, place);
  if (refused) countRefusal('large bodies');
  if (refused === 'total') throw unavailable();
  if (refused) throw tooMany('large requests from this address', bodies.perKey);
  const leave = () => places.leave(place);
  request.once('end', leave);
  request.once('close', leave);
}

/** Whoever throws it counts it. */
export function tooMany(what: string, limit: number): RateLimited {
  return new RateLimited(`Too many ${what}: at most ${limit} at once are allowed`, limit, 1);
}
