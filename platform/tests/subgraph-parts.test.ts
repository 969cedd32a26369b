import { Writable } from 'node:stream';
import { createInProcessBroker } from '@socialhub/platform/events/in-process-broker';
import { deriveIdentityKeys } from '@socialhub/platform/identity/identity-signer';
import { createSubgraph, type SubgraphDeps } from '@socialhub/platform/subgraph/subgraph';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { masterKeys } from '@socialhub/platform/testing/test-service';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';

const client = { $transaction: async () => undefined, $disconnect: async () => undefined };

let database: Awaited<ReturnType<typeof cloneDatabase>>;
beforeAll(async () => {
  database = await cloneDatabase('user');
});
afterAll(() => database.drop());

/** A service whose parts are made by `create`; it has none of the consumers that it must have, so it never comes up. */
function serviceOf(create: (deps: SubgraphDeps<typeof client>) => void | Promise<void>) {
  const faults: unknown[] = [];
  const write = (line: Buffer, _encoding: unknown, done: () => void) => {
    faults.push(JSON.parse(line.toString()).err.message);
    done();
  };
  const log = pino({ level: 'error' }, new Writable({ write }));
  const service = createSubgraph(
    {
      name: 'user',
      config: {
        DATABASE_URL: database.url,
        IDENTITY_KEYS: deriveIdentityKeys(masterKeys, 'user'),
        LOG_LEVEL: 'error',
        HOST: '127.0.0.1',
        PORT: 0,
        RABBITMQ_URL: undefined,
      },
      schema: new URL('../../subgraphs/user/schema.graphql', import.meta.url),
      resolvers: {},
      createClient: () => client,
      async create(deps) {
        await create(deps);
        return { context: (base) => base, consumers: [] };
      },
    },
    { log, broker: createInProcessBroker({ log, services: ['user'] }) },
  );
  return { service, faults };
}

it('makes the parts once the database answers', async () => {
  let answer: unknown;
  const { service } = serviceOf(({ db, closing }) => {
    closing.defer(async () => {
      answer = (await db.pool.query('SELECT 1 AS one')).rows;
    });
  });
  await expect(service.start()).rejects.toThrow('no consumer for');
  expect(answer).toEqual([{ one: 1 }]);
});

it('ends what was begun, the last first, when making the parts fails', async () => {
  const ended: string[] = [];
  const { service, faults } = serviceOf(({ db, closing }) => {
    closing.defer(() => void ended.push(`first, the pool ${db.pool.ended ? 'ended' : 'open'}`));
    closing.defer(() => void ended.push('second'));
    throw new Error('no such part');
  });
  await expect(service.start()).rejects.toThrow('no such part');
  expect(ended).toEqual(['second', 'first, the pool open']);
  expect(faults).toEqual([]);
});

it('ends every part, and logs each that does not end cleanly', async () => {
  const ended: string[] = [];
  const { service, faults } = serviceOf(({ closing }) => {
    closing.defer(() => void ended.push('first'));
    for (const name of ['second', 'third', 'fourth']) {
      closing.defer(() => Promise.reject(new Error(`the ${name} hangs`)));
    }
  });
  await expect(service.start()).rejects.toThrow('no consumer for');
  await service.stop();
  expect(ended).toEqual(['first']);
  expect(faults).toEqual(['the fourth hangs', 'the third hangs', 'the second hangs']);
});

it('ends what a start makes that was under way when it was stopped', async () => {
  const begun = Promise.withResolvers<void>();
  const made = Promise.withResolvers<void>();
  const ended: string[] = [];
  const { service, faults } = serviceOf(async ({ closing, stopping }) => {
    closing.defer(() => void ended.push('first'));
    begun.resolve();
    await made.promise;
    closing.defer(() => void ended.push(`second, ${stopping.aborted ? 'stopping' : 'running'}`));
  });
  const start = service.start();
  await begun.promise;
  const stop = service.stop();
  made.resolve();
  await expect(start).rejects.toThrow('no consumer for');
  await stop;
  expect(ended).toEqual(['second, stopping', 'first']);
  expect(faults).toEqual([]);
});
