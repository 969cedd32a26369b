import type { ServiceName } from '../contracts/services.ts';
import { subscriptions } from '../contracts/subscriptions.ts';
import type { CloudEvent } from './envelope.ts';
import { readableTypes } from './versions.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Applies one event to a service. Throwing means "not now": it is called again. */
export type EventHandler = (event: CloudEvent) => Promise<void>;

/** Takes the signals of a live topic. Without a payload: something may have been missed, look for yourself. */
export type SignalHandler = (payload: Json | undefined) => void;

/** An event that a service could not apply, set aside for an operator. */
export interface DeadLetter {
  id: string;
  service: ServiceName;
  type: string;
  subject: string;
  error: string;
  failedAt: Date;
}

/**
 * What carries events and live signals between services. Events arrive at least once; those of one aggregate in
 * order, but for one that was set aside. Signals are best effort.
 */
export interface Broker {
  /**
   * Begins to open it and to declare every service's queue; resolves when that is done. Throws BrokerUnavailable when it does
   * not answer in time, BrokerRefused when it lets nobody in. It goes on trying until it is closed.
   */
  connect(): Promise<void>;
  /**
   * Resolves when the event is safe: with RabbitMQ confirmed by the queue of every subscribed service, in-process
   * applied by every subscribed service. Throws DeliveryFailed when trying again is in vain, else
   * BrokerUnavailable or Unroutable. Calls keep their order.
   */
  publish(event: CloudEvent): Promise<void>;
  /**
   * Hands the service's events to `handle`, those of one aggregate one after another. A handler that throws is
   * called again with back-off and in the end the event becomes a dead letter; UnprocessableEvent makes it one at
   * once, a database that does not answer never does. A few are handled at a time. `stop` waits for handlers in hand. Throws when the service consumes already.
   */
  consume(service: ServiceName, handle: EventHandler): Promise<{ stop(): Promise<void> }>;
  /**
   * Tells all listeners of a topic, or of a thousand at most, in all processes, those of this moment only. Throws
   * BrokerUnavailable.
   */
  signal(topics: string | readonly string[], payload?: Json): Promise<void>;
  /** Listens to a topic until the given function is called. Resolves when nothing sent from now on is missed. */
  listen(topic: string, handler: SignalHandler): Promise<() => Promise<void>>;
  /** Whether events can be published and consumed now. */
  isReady(): boolean;
  /** A service's dead letters, oldest first, 1000 at most. */
  deadLetters(service: ServiceName): Promise<DeadLetter[]>;
  /** Delivers a service's dead letters again, all or those with these event ids; gives how many. */
  replay(service: ServiceName, ids?: readonly string[]): Promise<number>;
  /** Stops consuming, lets handlers in hand finish (10 s at most) and disconnects. Safe to call twice. */
  close(): Promise<void>;
}

/** The broker cannot be reached, or did not confirm in time. Trying again later is right. */
export class BrokerUnavailable extends Error {
  override name = 'BrokerUnavailable';
}

/** The broker answers and does not let us in, or has something else under our names: a fault of the configuration. */
export class BrokerRefused extends BrokerUnavailable {
  override name = 'BrokerRefused';
}

/** The broker had no queue for an event that services subscribe to. Its topology is being declared anew. */
export class Unroutable extends Error {
  override name = 'Unroutable';
}

/** These services could not apply the event, however often it was tried. */
export class DeliveryFailed extends Error {
  override name = 'DeliveryFailed';
  readonly services: readonly ServiceName[];

  constructor(services: readonly ServiceName[], cause: unknown) {
    super(`not applied by ${services.join(', ')}: ${errorText(cause)}`, { cause });
    this.services = services;
  }
}

/** A handler's verdict that an event can never be applied, for instance because its data breaks the contract. */
export class UnprocessableEvent extends Error {
  override name = 'UnprocessableEvent';
}

/** The services that consume events of this type. */
export function subscribersOf(type: string): ServiceName[] {
  return (Object.keys(subscriptions) as ServiceName[]).filter((service) =>
    subscribedTypes(service).includes(type),
  );
}

/** The types of event that a service consumes, those of earlier versions that it reads among them. */
export function subscribedTypes(service: ServiceName): string[] {
  return subscriptions[service].flatMap(readableTypes);
}

/** An error's text for a log or a dead letter, 500 characters at most. */
export function errorText(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}
