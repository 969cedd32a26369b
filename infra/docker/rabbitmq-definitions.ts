import { createHash, randomBytes } from 'node:crypto';
import { events } from '@socialhub/platform/contracts/registry';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { eventType } from '@socialhub/platform/events/envelope';

/** Whoever has an account on the broker: the services, and the gateway, which publishes nothing. */
export const accountNames = [...serviceNames, 'gateway'] as const;
export type AccountName = (typeof accountNames)[number];

/** The types of the events that an account may publish, those that an earlier version of a service publishes too. */
export const eventsOf = (account: AccountName): string[] =>
  events.filter(({ producer }) => [producer].flat().some((one) => one === account)).map(eventType);

/**
 * What RabbitMQ reads at its start: an account for each, that may declare and read what is SocialHub's, since whoever comes first
 * declares it all, and that publishes to the exchange of events its own alone. Into a queue it can put anything. Before an event's name stand bits that tell its partition.
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
      write: `^([01]\\.)+(${eventsOf(name).map(literally).join('|') || '$.'})$`,
      read: '.*',
    })),
  };
}

/** A version's dot stands for itself. */
const literally = (type: string) => type.replaceAll('.', '\\.');

/** As RabbitMQ keeps a password: four bytes of salt, and SHA-256 of salt and password. */
function hash(password: string): string {
  const salt = randomBytes(4);
  const digest = createHash('sha256').update(salt).update(password).digest();
  return Buffer.concat([salt, digest]).toString('base64');
}
