import { createHash, randomBytes } from 'node:crypto';
import * as auth from '@socialhub/platform/contracts/auth';
import type { EventContract } from '@socialhub/platform/contracts/contract';
import * as dataExport from '@socialhub/platform/contracts/data-export';
import * as media from '@socialhub/platform/contracts/media';
import * as post from '@socialhub/platform/contracts/post';
import { serviceNames } from '@socialhub/platform/contracts/services';
import * as user from '@socialhub/platform/contracts/user';

/** Whoever has an account on the broker: the services, and the gateway, which publishes nothing. */
export const accountNames = [...serviceNames, 'gateway'] as const;
export type AccountName = (typeof accountNames)[number];

const contracts: EventContract[] = [auth, dataExport, media, post, user].flatMap((file) =>
  Object.values(file).filter(
    (value): value is EventContract => typeof value === 'object' && 'producer' in value,
  ),
);

/** The names of the events that an account may publish. */
export const eventsOf = (account: AccountName): string[] =>
  contracts
    .filter(({ producer }) =>
      typeof producer === 'string' ? producer === account : producer.some((one) => one === account),
    )
    .map(({ name }) => name)
    .sort();

/**
 * What RabbitMQ reads at its start: an account for each, that may declare and read what is SocialHub's, since whoever comes first
 * declares it all, and that publishes its own events alone. Before an event's name stand bits that tell its partition.
 */
export function definitionsOf(passwords: Readonly<Record<AccountName, string>>) {
  const own = '^(socialhub\\..*|amq\\.gen-.*|amq\\.default)?$';
  return {
    vhosts: [{ name: '/' }],
    users: accountNames.map((name) => ({
      name,
      password_hash: hash(passwords[name]),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: [],
    })),
    permissions: accountNames.map((name) => ({
      user: name,
      vhost: '/',
      configure: own,
      write: own,
      read: own,
    })),
    topic_permissions: accountNames.map((name) => ({
      user: name,
      vhost: '/',
      exchange: 'socialhub.events',
      write: `^([01]\\.)+(${eventsOf(name).join('|') || '$.'})$`,
      read: '.*',
    })),
  };
}

/** As RabbitMQ keeps a password: four bytes of salt, and SHA-256 of salt and password. */
function hash(password: string): string {
  const salt = randomBytes(4);
  const digest = createHash('sha256').update(salt).update(password).digest();
  return Buffer.concat([salt, digest]).toString('base64');
}
