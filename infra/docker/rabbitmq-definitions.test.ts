import { createHash } from 'node:crypto';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { subscriptions } from '@socialhub/platform/contracts/subscriptions';
import { routingKey } from '@socialhub/platform/events/rabbitmq/partitions';
import { expect, it } from 'vitest';
import { type AccountName, accountNames, definitionsOf } from './rabbitmq-definitions.ts';

const passwords = Object.fromEntries(accountNames.map((name) => [name, `of ${name}`])) as Record<
  AccountName,
  string
>;
const definitions = definitionsOf(passwords);
const mayPublish = (account: string, event: string) =>
  definitions.topic_permissions.some(({ user, write }) => user === account && new RegExp(write).test(event));

it('lets each event be published by those alone whose contract it is', () => {
  const contracts = Object.values(subscriptions).flat();
  expect(contracts.length).toBeGreaterThan(50);
  for (const { name, producer } of contracts) {
    const key = routingKey({ source: '/socialhub/auth', subject: name, type: name });
    expect([name, accountNames.filter((account) => mayPublish(account, key))]).toEqual([
      name,
      serviceNames.filter((service) => [producer].flat().includes(service)),
    ]);
  }
});

it('lets nobody publish what is no event, and the gateway nothing', () => {
  for (const account of accountNames)
    for (const event of ['', '1.anything', 'post_created', '0.1.post_created_x', '0.1.x.post_created'])
      expect(mayPublish(account, event)).toBe(false);
});

it('lets an account touch nothing on the broker that is not SocialHub’s', () => {
  for (const { configure, write, read } of definitions.permissions)
    for (const pattern of [configure, write, read]) {
      expect('socialhub.post.3').toMatch(new RegExp(pattern));
      expect('amq.gen-Xa0').toMatch(new RegExp(pattern));
      for (const name of ['amq.topic', 'other', 'x.socialhub.post', 'socialhubs'])
        expect(name).not.toMatch(new RegExp(pattern));
    }
});

it('holds passwords as RabbitMQ compares them', () => {
  for (const { name, password_hash } of definitions.users) {
    const bytes = Buffer.from(password_hash, 'base64');
    const digest = createHash('sha256').update(bytes.subarray(0, 4)).update(`of ${name}`).digest();
    expect(bytes.subarray(4)).toEqual(digest);
  }
});
