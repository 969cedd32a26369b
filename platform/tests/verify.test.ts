import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceName, serviceNames } from '../src/contracts/services.ts';
import { uuidv7 } from '../src/ids.ts';
import { type Replica, replicas } from '../src/replicas/replicas.ts';
import { verifyReplica } from '../src/replicas/verify.ts';
import { cloneDatabase } from '../src/testing/database.ts';

const clones = new Map<ServiceName, { client: pg.Client; writing: pg.Client; end(): Promise<void> }>();
beforeAll(async () => {
  for (const service of serviceNames) {
    const { url, drop } = await cloneDatabase(service);
    const [client, writing] = [new pg.Client(url), new pg.Client(url)];
    await Promise.all([client.connect(), writing.connect()]);
    const end = async () => {
      await Promise.all([client.end(), writing.end()]);
      await drop();
    };
    clones.set(service, { client, writing, end });
  }
});
afterAll(() => Promise.all([...clones.values()].map((clone) => clone.end())));

const clientOf = (service: ServiceName): pg.Client => clones.get(service)?.client as pg.Client;
const replicaOf = (service: ServiceName, name: string) =>
  replicas[service].find((one) => one.name === name) as Replica;
const verify = (service: ServiceName, replica: Replica, rounds = { rounds: 1, waitMs: 0 }) =>
  verifyReplica(replica, { owner: clientOf(replica.owner), copy: clientOf(service) }, rounds);
const insert = (service: ServiceName, sql: string, values: unknown[]) =>
  clones.get(service)?.writing.query(sql, values);

const account = (id: string, more: { suspended?: boolean } = {}) =>
  insert(
    'auth',
    `INSERT INTO account (id, email, username, password_hash, suspended_at) VALUES ($1, $2, $2, 'none', $3)`,
    [id, `u${id}`, more.suspended ? new Date() : null],
  );
const block = (service: ServiceName, one: string, other: string, active: boolean) =>
  insert(service, `INSERT INTO blocks (blocker_id, blocked_id, active, sequence) VALUES ($1, $2, $3, 1)`, [
    one,
    other,
    active,
  ]);
const profile = (id: string) =>
  insert(
    'user',
    `INSERT INTO profile (id, username, display_name, created_at) VALUES ($1, $2, 'Somebody', now())`,
    [id, `u${id}`],
  );

describe('a replica', () => {
  it.each(serviceNames.flatMap((service) => replicas[service].map((replica) => ({ service, replica }))))(
    'of $service is as its owner where there is nothing: $replica.name',
    async ({ service, replica }) => {
      expect(await verify(service, replica)).toMatchObject({
        compared: 0,
        missing: 0,
        superfluous: 0,
        different: 0,
      });
    },
  );

  it('departs from its owner by what it lacks, has too much, and says otherwise', async () => {
    const ids = Array.from({ length: 4 }, () => uuidv7()).sort();
    const [ada, bob, eve, dan] = ids as [string, string, string, string];
    for (const id of ids) await profile(id);
    for (const [one, other] of [
      [ada, bob],
      [ada, eve],
      [bob, ada],
    ])
      await insert('user', 'INSERT INTO block (blocker_id, blocked_id) VALUES ($1, $2)', [one, other]);
    await block('chat', ada, bob, true);
    await block('chat', ada, eve, false);
    await block('chat', dan, ada, true);
    await block('chat', dan, eve, false);
    expect(await verify('chat', replicaOf('chat', 'blocks'))).toEqual({
      compared: 3,
      missing: 2,
      superfluous: 1,
      different: 0,
      examples: [`missing: ${ada} ${eve}`, `missing: ${bob} ${ada}`, `superfluous: ${dan} ${ada}`],
    });

    await account(ada);
    await account(bob, { suspended: true });
    await account(eve, { suspended: true });
    const stands = `INSERT INTO standings (user_id, is_active, sequence) VALUES ($1, $2, 1)`;
    await insert('media', stands, [eve, false]);
    // Erased since.
    await insert('media', stands, [dan, false]);
    expect(await verify('media', replicaOf('media', 'standings'))).toEqual({
      compared: 3,
      missing: 0,
      superfluous: 0,
      different: 1,
      examples: [`different: ${bob}`],
    });
  });

  it('counts what differs each time that it is looked at, not what an event is still on its way with', async () => {
    const [mediaId, ownerId] = [uuidv7(), uuidv7()];
    await insert(
      'media',
      `INSERT INTO media (id, owner_id, kind, status, mime_type, byte_size) VALUES ($1, $2, 'IMAGE', 'READY', 'image/png', 1)`,
      [mediaId, ownerId],
    );
    const verifying = verify('post', replicaOf('post', 'ready_media'), { rounds: 1_000, waitMs: 20 });
    await insert('post', 'INSERT INTO ready_media (id, owner_id) VALUES ($1, $2)', [mediaId, ownerId]);
    expect(await verifying).toMatchObject({ compared: 1, missing: 0, different: 0 });
  });
});
