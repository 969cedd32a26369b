import { crc32 } from 'node:zlib';
import type { CloudEvent } from '../envelope.ts';

/** So many bits of an aggregate's hash stand in a routing key: a service has 64 partitions at most. */
const bits = 6;
export const mostPartitions = 2 ** bits;

/** What of an event's place says whose order it keeps. */
export const aggregateKey = ({ source, subject }: Pick<CloudEvent, 'source' | 'subject'>): string =>
  `${source} ${subject}`;

/**
 * An event's routing key: the bits of its aggregate's hash, the lowest first, and its type (`0.1.1.0.1.0.post_created`).
 * Whoever publishes need not know how many partitions there are: 4 of them tell by the first two bits.
 */
export function routingKey(event: Pick<CloudEvent, 'source' | 'subject' | 'type'>): string {
  const hash = crc32(aggregateKey(event));
  return [...Array.from({ length: bits }, (_, bit) => (hash >> bit) & 1), event.type].join('.');
}

/** Matches the keys of a type, in every partition. */
export const patternOfType = (type: string): string => [...Array<string>(bits).fill('*'), type].join('.');

/** Matches the keys of a partition of `count`, a power of two. */
export function patternOfPartition(partition: number, count: number): string {
  const own = Array.from({ length: Math.log2(count) }, (_, bit) => (partition >> bit) & 1);
  return [...own, '#'].join('.');
}

export const isPartitionCount = (count: number): boolean =>
  count >= 1 && count <= mostPartitions && Number.isInteger(Math.log2(count));

/** Which partition an event belongs to. */
export const partitionOf = (event: Pick<CloudEvent, 'source' | 'subject'>, count: number): number =>
  crc32(aggregateKey(event)) % count;
